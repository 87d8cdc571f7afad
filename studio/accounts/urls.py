from django.urls import path

from studio.accounts import views

app_name = "accounts"
urlpatterns = [path("preferences/", views.preferences, name="preferences")]
