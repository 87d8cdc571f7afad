from django.urls import path

from studio.accounts.audit import views

app_name = "audit"
urlpatterns = [path("", views.page, name="page")]
