from django.urls import path

from organization.sign_in import addresses
from organization.sign_in import views as sign_in
from organization.views import people, posts, units

app_name = "organization"
urlpatterns = [
    path("profile/", people.profile, name="profile"),
    path("profile/address/", addresses.address, name="address"),
    path("profile/address/<str:key>/", addresses.address_confirm, name="address_confirm"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/codes/", sign_in.codes, name="codes"),
    path("people/<int:pk>/code/", sign_in.code, name="code"),
    path("activation/", sign_in.activate, name="activate"),
    path("units/", units.units, name="units"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("posts/", posts.posts, name="posts"),
    path("posts/<int:pk>/", posts.post, name="post"),
]
