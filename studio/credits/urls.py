from django.urls import path

from studio.credits import views

app_name = "credits"
urlpatterns = [path("", views.overview, name="overview")]
