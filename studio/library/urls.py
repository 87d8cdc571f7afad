from django.urls import path

from studio.library import views

app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("library/more/", views.more, name="more"),
    path("library/picker/", views.picker, name="picker"),
    path("library/uploads/", views.upload, name="uploads"),
    path("library/<uuid:id>/", views.asset, name="asset"),
    path("library/<uuid:id>/viewer/", views.viewer, name="viewer"),
    path("library/<uuid:id>/last-frame/", views.last_frame, name="frame"),
    path("files/<uuid:id>/", views.file, name="file"),
    path("files/<uuid:id>/<int:width>.webp", views.thumb, name="thumb"),
]
