from django.urls import path

from studio.design import views

app_name = "design"
urlpatterns = [
    path("", views.page, name="page"),
    path("more/", views.more, name="more"),
    path("viewer/<int:number>/", views.viewer, name="viewer"),
]
