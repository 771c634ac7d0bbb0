export const settings = {
  "settings.profile.title": "Profile",
};
