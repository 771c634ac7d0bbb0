//! What a password must be: long enough, and nothing else. Rules of composition make passwords worse.

/// Shortest password, in Unicode scalar values.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Longest password, in Unicode scalar values: hashing stays bounded.
pub const PASSWORD_CHARS_MAX: usize = 128;

/// Why a password was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordProblem {
    #[error("shorter than {PASSWORD_CHARS_MIN} characters")]
    TooShort,
    #[error("longer than {PASSWORD_CHARS_MAX} characters")]
    TooLong,
    #[error("the same as the e-mail address")]
    IsEmail,
    #[error("one character over and over")]
    Monotonous,
}

/// Checks a password that somebody chooses.
pub fn check(password: &str, email: &str) -> Result<(), PasswordProblem> {
    let length = password.chars().count();
    let first = password.chars().next();
    if length < PASSWORD_CHARS_MIN {
        Err(PasswordProblem::TooShort)
    } else if length > PASSWORD_CHARS_MAX {
        Err(PasswordProblem::TooLong)
    } else if password.eq_ignore_ascii_case(email) {
        Err(PasswordProblem::IsEmail)
    } else if password.chars().all(|c| Some(c) == first) {
        Err(PasswordProblem::Monotonous)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_decides_and_composition_does_not() {
        let check = |password: &str| check(password, "ana@example.com");
        assert_eq!(check("correct horse battery"), Ok(()));
        assert_eq!(check("пароль из слов"), Ok(()));
        assert_eq!(check("elevenchars"), Err(PasswordProblem::TooShort));
        assert_eq!(check("twelve chars"), Ok(()));
        assert_eq!(check(&"ab".repeat(64)), Ok(()));
        assert_eq!(check(&"ab".repeat(65)), Err(PasswordProblem::TooLong));
        assert_eq!(check("            "), Err(PasswordProblem::Monotonous));
        assert_eq!(check("ANA@example.com"), Err(PasswordProblem::IsEmail));
    }
}
