from django.urls import path

from studio.accounts.invitations import views

app_name = "invitations"
urlpatterns = [path("<str:token>/", views.join, name="join")]
