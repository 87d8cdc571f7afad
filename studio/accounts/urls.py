from django.urls import path

from studio.accounts.members import teams
from studio.accounts.person import views

app_name = "accounts"
urlpatterns = [
    path("", views.home, name="home"),
    path("preferences/", views.preferences, name="preferences"),
    path("name/", views.name, name="name"),
    path("email/", views.email, name="email"),
    path("password/", views.password, name="password"),
    path("sessions/<int:pk>/end/", views.end_session, name="session-end"),
    path("sessions/end-others/", views.end_other_sessions, name="sessions-end"),
    path("team/", teams.switch, name="team"),
    path("teams/new/", teams.new, name="team-new"),
]
