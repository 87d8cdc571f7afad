from django.urls import path, re_path

from studio.library import acts, views

app_name = "library"
urlpatterns = [
    path("", views.home, name="home"),
    path("compare/", views.compare, name="compare"),
    path("library/more/", views.more, name="more"),
    path("library/picker/", views.picker, name="picker"),
    path("library/uploads/", views.upload, name="uploads"),
    path("library/bring/", acts.bring, name="bring"),
    path("library/pick/", acts.pick, name="pick"),
    path("library/pick/<slug:act>/", acts.pick, name="pick-act"),
    path("library/undo/", acts.undo, name="undo"),
    path("library/boards/", acts.make_board, name="boards"),
    re_path(r"^library/boards/(?P<id>[0-9a-f-]{36})/(?P<act>rename|remove)/$", acts.change_board, name="board"),
    path("library/<uuid:id>/", views.asset, name="asset"),
    path("library/<uuid:id>/viewer/", views.viewer, name="viewer"),
    path("library/<uuid:id>/rename/", acts.rename, name="rename"),
    path("library/<uuid:id>/last-frame/", views.last_frame, name="frame"),
    path("files/<uuid:id>/", views.file, name="file"),
    path("files/<uuid:id>/<int:width>.webp", views.thumb, name="thumb"),
]
