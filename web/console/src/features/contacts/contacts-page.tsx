export function ContactsPage() { return <p />; }
