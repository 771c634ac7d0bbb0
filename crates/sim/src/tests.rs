//! Two hundred seeds; and the checks themselves, which must see a planted fault.

use crate::check;
use crate::run::{self, run};
use crate::world::{Inbound, World};

/// Seeds in the ordinary test run, in four parts so that two cores share them.
const SEEDS_PER_PART: u64 = 50;

fn seeds(part: u64) {
    let runtime = tertulia_testkit::runtime();
    for seed in part * SEEDS_PER_PART..(part + 1) * SEEDS_PER_PART {
        if let Err(error) = runtime.block_on(run(seed)) {
            panic!("seed {seed}: {error:#}");
        }
    }
}

#[test]
fn seeds_0_to_49_keep_every_promise() {
    seeds(0);
}

#[test]
fn seeds_50_to_99_keep_every_promise() {
    seeds(1);
}

#[test]
fn seeds_100_to_149_keep_every_promise() {
    seeds(2);
}

#[test]
fn seeds_150_to_199_keep_every_promise() {
    seeds(3);
}

#[test]
fn the_same_seed_gives_the_same_end() {
    let runtime = tertulia_testkit::runtime();
    for seed in [3, 77, 1_234] {
        let (first, second) = (runtime.block_on(run(seed)), runtime.block_on(run(seed)));
        assert_eq!(first.unwrap(), second.unwrap());
    }
}

/// Lets a run come to its end, spoils one set of books, and expects the checks to name it.
fn caught(spoil: impl Fn(&mut World), complaint: &str) {
    let runtime = tertulia_testkit::runtime();
    let error = runtime.block_on(async {
        let mut world = run::finished(11).await.unwrap();
        check::all(&world).await.unwrap();
        spoil(&mut world);
        check::all(&world).await.unwrap_err()
    });
    assert!(error.to_string().contains(complaint), "{error:#}");
}

#[test]
fn a_lost_message_is_noticed() {
    let lost = Inbound { contact: "customer-0".into(), text: "lost".into(), acknowledged: true };
    caught(move |world| drop(world.books.inbound.insert("lost".into(), lost.clone())), "is lost");
}

#[test]
fn a_message_that_nobody_wrote_is_noticed() {
    caught(|world| drop(world.books.inbound.pop_first()), "nobody wrote");
}

#[test]
fn an_answer_that_reached_the_customer_twice_is_noticed() {
    caught(|world| world.provider.tamper(|entry| entry.taken = 2), "times");
}

#[test]
fn answers_in_the_wrong_order_are_noticed() {
    caught(|world| world.provider.tamper(|entry| entry.place = 1_000 - entry.place), "overtook");
}
