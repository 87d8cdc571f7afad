from django.urls import path

from studio.setup import views

app_name = "setup"
urlpatterns = [path("", views.page, name="page")]
