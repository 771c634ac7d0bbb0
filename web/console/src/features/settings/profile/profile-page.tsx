export function ProfilePage() { return <p />; }
