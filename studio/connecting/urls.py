from django.urls import path

from studio.connecting import views

app_name = "connecting"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("add/", views.add, name="add"),
    path("engines/", views.engines, name="engines"),
    path("<uuid:id>/test/", views.test, name="test"),
    path("<uuid:id>/rotate/", views.rotate, name="rotate"),
    path("<uuid:id>/retire/", views.retire, name="retire"),
    path("<uuid:id>/webhook-key/", views.webhook_key, name="webhook-key"),
]
