//! A client that never reads: what waits for it is bounded, it is let go, and the others go on.

use tertulia_domain::user::Role;

use crate::world::World;

const NOTE_BYTES: usize = 64 * 1024;
/// More than the kernel and the server may keep for one socket that is not read.
const NOTES_MAX: usize = 1_024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_that_never_reads_is_let_go() {
    let world = World::serve().await;
    let ana = world.person("ana", Role::Administrator, &[]).await;
    let mut reader = world.live(&ana, None).await;
    let mut deaf = world.live(&ana, None).await;
    assert_eq!(world.live.socket_counts().staff, 2);
    let long = "x".repeat(NOTE_BYTES);
    let mut sent = 0;
    while world.live.socket_counts().staff == 2 {
        assert!(sent < NOTES_MAX, "the server keeps everything for a socket that is not read");
        let note = format!("{sent} {long}");
        world.happen(world.inboxes[0], &note).await;
        assert!(reader.note().await == note, "somebody else missed number {sent}");
        sent += 1;
    }
    // The good-bye may not find its way past what was not read.
    let code = deaf.close_code().await;
    assert!([4408, 1006].contains(&code), "{code}");
    world.happen(world.inboxes[0], "afterwards").await;
    assert_eq!(reader.note().await, "afterwards");
}
