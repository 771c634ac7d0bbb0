//! The promise of resuming, checked over random interleavings of appends, dispatches, joins, replays
//! and cuts: what a client received equals the visible journal behind its first cursor.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tertulia_domain::event::EventKind;
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, EventId, SessionId, UserId};
use tertulia_store::events::{Cursor, Event};

use crate::access::tests::{event, staff};
use crate::join::Topics;
use crate::registry::tests::NOW;
use crate::registry::{Attending, Line, Registry, Socket, SocketId};
use crate::replay::{Gap, Next, Start, start};
use crate::{Access, Credential, Output, Shapes};

const PAGE_EVENTS: usize = 3;
const CLIENTS: usize = 3;
const SHAPES: Shapes = Shapes { staff: |event| Some(event.id.to_string()), visitor: |_| None };

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    /// A transaction commits; in an inbox that the clients see, or in another one.
    Append { is_visible: bool },
    /// The hub hands out the next event.
    Dispatch,
    /// A client connects where it stopped, or goes on with what it has begun.
    Advance(usize),
    /// A client's connection is lost.
    Cut(usize),
}

/// When a socket is put under the hub's eyes: before its gap is read, or (wrongly) after.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Order {
    RegisterFirst,
    ReplayFirst,
}

#[derive(Default)]
struct World {
    journal: Vec<Event>,
    registry: Registry,
    dispatched: usize,
}

#[derive(Default)]
struct Client {
    received: Vec<i64>,
    cursor: Cursor,
    connection: Option<Connection>,
}

struct Connection {
    id: Option<SocketId>,
    line: Arc<Line>,
    start: Start,
    gap: Option<Gap>,
}

fn cursor(id: usize) -> Cursor {
    format!("0.{id}").parse().unwrap()
}

fn number(cursor: Cursor) -> usize {
    cursor.to_string().split_once('.').unwrap().1.parse().unwrap()
}

impl World {
    fn append(&mut self, is_visible: bool) {
        let id = self.journal.len() + 1;
        let inbox = if is_visible { 1 } else { 2 };
        let base = event(EventKind::MessageCreated, Some(inbox), Some(inbox));
        let id_row = EventId(i64::try_from(id).unwrap());
        self.journal.push(Event { id: id_row, cursor: cursor(id), ..base });
    }

    fn dispatch(&mut self) {
        if let Some(event) = self.journal.get(self.dispatched) {
            self.registry.dispatch(event, &SHAPES);
            self.dispatched += 1;
        }
    }

    fn register(&mut self, start: Start, line: &Arc<Line>) -> SocketId {
        let credential =
            Credential::Session { account: AccountId(1), user: UserId(7), session: SessionId(3) };
        let socket = Socket {
            credential,
            access: Access::Staff(staff(Role::Agent, None, &[1])),
            topics: Topics::All,
            after: start.live_after(),
            viewing: None,
            attendance: Attending::Open,
            line: Arc::clone(line),
        };
        self.registry.insert(socket).0
    }

    fn connect(&mut self, after: Cursor, order: Order) -> Connection {
        let start = start(Some(after), cursor(self.dispatched), cursor(self.journal.len()));
        let line = Arc::new(Line::new(NOW));
        let gap = match start {
            Start::Replay { after, upto } => Some(Gap::new(after, upto, PAGE_EVENTS)),
            Start::Live { .. } => None,
            Start::Resync { .. } => panic!("no gap here is too long"),
        };
        let id = (order == Order::RegisterFirst).then(|| self.register(start, &line));
        Connection { id, line, start, gap }
    }
}

impl Client {
    /// One page of the gap, or everything that waits.
    fn advance(&mut self, world: &mut World, order: Order) {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => world.connect(self.cursor, order),
        };
        if let Some(mut gap) = connection.gap.take() {
            let behind = world.journal.iter().skip(number(gap.after()));
            let mut page: Vec<Event> = behind.take(PAGE_EVENTS).cloned().collect();
            let next = gap.take(&mut page);
            page.iter().filter(|event| event.inbox_id.unwrap().0 == 1).for_each(|event| {
                self.receive(event.id.0);
            });
            connection.gap = (next == Next::More).then_some(gap);
        } else {
            let (start, line) = (connection.start, &connection.line);
            connection.id.get_or_insert_with(|| world.register(start, line));
            while let Some(output) = connection.line.outbox.try_next() {
                let Output::Send(frame) = output else { panic!("{output:?}") };
                let text = String::from_utf8(frame.bytes().to_vec()).unwrap();
                let id = text.trim_start_matches(r#"{"type":"event","event":"#);
                self.receive(id.trim_end_matches('}').parse().unwrap());
            }
        }
        self.connection = Some(connection);
    }

    fn receive(&mut self, id: i64) {
        self.received.push(id);
        self.cursor = cursor(usize::try_from(id).unwrap());
    }

    fn cut(&mut self, world: &mut World) {
        let connection = self.connection.take();
        if let Some(id) = connection.and_then(|connection| connection.id) {
            world.registry.remove(AccountId(1), id, NOW);
        }
    }
}

/// Runs the steps, lets everything settle, and compares each client with the journal.
fn run(steps: &[Step], order: Order) -> Result<(), TestCaseError> {
    let mut world = World::default();
    let mut clients: [Client; CLIENTS] = Default::default();
    for step in steps {
        match step {
            Step::Append { is_visible } => world.append(*is_visible),
            Step::Dispatch => world.dispatch(),
            Step::Advance(client) => clients[*client].advance(&mut world, order),
            Step::Cut(client) => clients[*client].cut(&mut world),
        }
    }
    let visible = world.journal.iter().filter(|event| event.inbox_id.unwrap().0 == 1);
    let expected: Vec<i64> = visible.map(|event| event.id.0).collect();
    for client in &mut clients {
        for _ in 0..=world.journal.len() + 1 {
            world.dispatch();
            client.advance(&mut world, order);
        }
        prop_assert_eq!(&client.received, &expected);
    }
    Ok(())
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => any::<bool>().prop_map(|is_visible| Step::Append { is_visible }),
        3 => Just(Step::Dispatch),
        4 => (0..CLIENTS).prop_map(Step::Advance),
        1 => (0..CLIENTS).prop_map(Step::Cut),
    ];
    proptest::collection::vec(step, 0..80)
}

fn check(order: Order) -> bool {
    let config = Config { cases: 1_500, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRunner::deterministic().new_rng())
        .run(&steps(), |steps| run(&steps, order))
        .is_ok()
}

#[test]
fn each_socket_gets_the_journal_once_and_in_order_however_joins_and_appends_race() {
    assert!(check(Order::RegisterFirst));
}

#[test]
fn the_check_notices_a_socket_that_is_registered_after_its_replay() {
    assert!(!check(Order::ReplayFirst));
}
