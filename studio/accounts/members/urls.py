from django.urls import path

from studio.accounts.invitations import views as invitations
from studio.accounts.members import views

app_name = "members"
urlpatterns = [
    path("", views.page, name="page"),
    path("leave/", views.leave, name="leave"),
    path("hand-over/", views.hand_over, name="hand-over"),
    path("<int:pk>/role/", views.role, name="role"),
    path("<int:pk>/suspend/", views.suspend, name="suspend"),
    path("<int:pk>/unsuspend/", views.unsuspend, name="unsuspend"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("invitations/", invitations.invite, name="invite"),
    path("invitations/<uuid:pk>/renew/", invitations.renew, name="renew"),
    path("invitations/<uuid:pk>/revoke/", invitations.revoke, name="revoke"),
]
