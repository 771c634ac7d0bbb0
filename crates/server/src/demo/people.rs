//! Names for the demo's customers, and the team that serves them.

use super::dialogues::Language;

/// How many different customers each language can have.
const FIRST_NAMES: usize = 16;

const ENGLISH: [[&str; FIRST_NAMES]; 2] = [
    [
        "Amelia", "Ben", "Chloe", "David", "Ellie", "Frank", "Grace", "Harry", "Isla", "Jack",
        "Kate", "Liam", "Maya", "Noah", "Olivia", "Peter",
    ],
    [
        "Adams", "Brooks", "Carter", "Doyle", "Evans", "Foster", "Green", "Hughes", "Irving",
        "Jones", "Knight", "Lewis", "Moore", "Nash", "Owen", "Price",
    ],
];

const PORTUGUESE: [[&str; FIRST_NAMES]; 2] = [
    [
        "Ana", "Bruno", "Carla", "Diego", "Elisa", "Fábio", "Gabriela", "Hugo", "Inês", "João",
        "Karina", "Lucas", "Mariana", "Nuno", "Otávio", "Paula",
    ],
    [
        "Almeida",
        "Barbosa",
        "Cardoso",
        "Duarte",
        "Esteves",
        "Ferreira",
        "Gomes",
        "Henriques",
        "Ivo",
        "Jardim",
        "Lima",
        "Machado",
        "Nogueira",
        "Oliveira",
        "Pereira",
        "Queiroz",
    ],
];

const RUSSIAN: [[&str; FIRST_NAMES]; 2] = [
    [
        "Александр",
        "Борис",
        "Виктор",
        "Григорий",
        "Даниил",
        "Евгений",
        "Захар",
        "Игорь",
        "Кирилл",
        "Леонид",
        "Максим",
        "Николай",
        "Олег",
        "Павел",
        "Роман",
        "Сергей",
    ],
    [
        "Алексеев",
        "Белов",
        "Волков",
        "Громов",
        "Давыдов",
        "Ершов",
        "Жуков",
        "Зайцев",
        "Ильин",
        "Козлов",
        "Лебедев",
        "Морозов",
        "Новиков",
        "Орлов",
        "Павлов",
        "Романов",
    ],
];

/// The name of the `index`th customer of a language. Up to 256 of them are different.
pub(super) fn customer_name(language: Language, index: usize) -> String {
    let [first, last] = match language {
        Language::English => &ENGLISH,
        Language::Portuguese => &PORTUGUESE,
        Language::Russian => &RUSSIAN,
    };
    let pick = |names: &[&'static str; FIRST_NAMES], index: usize| {
        names.get(index % FIRST_NAMES).copied().unwrap_or_default()
    };
    // The last name advances by one more in each round, so that no pair comes twice.
    format!("{} {}", pick(first, index), pick(last, index + index / FIRST_NAMES + 5))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Language, customer_name};

    #[test]
    fn names_do_not_repeat() {
        let names: HashSet<String> =
            (0..256).map(|index| customer_name(Language::Russian, index)).collect();
        assert_eq!(names.len(), 256);
    }
}
