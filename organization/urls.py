from django.urls import path

from organization.views import people, posts

app_name = "organization"
urlpatterns = [
    path("profile/", people.profile, name="profile"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<int:pk>/", posts.post, name="post"),
]
