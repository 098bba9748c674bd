//! Logins from the user's `.netrc`, as Go and curl read it. They are shown only to the host that they are for, and never printed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

/// Logins by host.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Logins(Vec<Login>);

#[derive(Clone, PartialEq, Eq)]
struct Login {
    host: String,
    user: String,
    password: Zeroizing<String>,
}

impl Logins {
    /// Those of the file; none when it cannot be read.
    pub fn read(file: impl AsRef<Path>) -> Self {
        let text = fs_err::read_to_string(file.as_ref()).map(Zeroizing::new);
        text.map(|text| Self::parse(&text)).unwrap_or_default()
    }

    /// Those of a text. Entries without user or password are left out, macros are passed over, and `default` ends the list: Go shows a login
    /// only to hosts that are named.
    pub fn parse(text: &str) -> Self {
        let mut logins = Vec::new();
        let (mut host, mut user) = (None, None);
        let mut in_macro = false;
        for line in text.lines() {
            if in_macro {
                in_macro = !line.trim().is_empty();
                continue;
            }
            let mut words = line.split_whitespace();
            while let Some(word) = words.next() {
                match word {
                    "machine" => (host, user) = (words.next().map(str::to_owned), None),
                    "login" => user = words.next().map(str::to_owned),
                    "password" => {
                        if let (Some(host), Some(user), Some(password)) = (&host, &user, words.next()) {
                            logins.push(Login {
                                host: host.clone(),
                                user: user.clone(),
                                password: Zeroizing::new(password.to_owned()),
                            });
                        }
                    }
                    "macdef" => {
                        in_macro = true;
                        break;
                    }
                    "default" => return Self(logins),
                    _ => {}
                }
            }
        }
        Self(logins)
    }

    /// What to send to the host as `Authorization`.
    pub(crate) fn authorization(&self, host: &str) -> Option<Zeroizing<String>> {
        let login = self.0.iter().find(|login| login.host == host)?;
        let shown = Zeroizing::new(format!("{}:{}", login.user, login.password.as_str()));
        Some(Zeroizing::new(format!("Basic {}", STANDARD.encode(shown.as_bytes()))))
    }
}

impl fmt::Debug for Logins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|login| &login.host)).finish()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;

    const FILE: &str = "machine a.example login me password secret\n\
                        machine b.example\n  login you\n  password other\n\
                        macdef init\nmachine m.example login x password y\n\n\
                        machine c.example login nobody\n\
                        default login any password one\n\
                        machine late.example login x password y\n";

    #[test]
    fn hosts_are_shown_their_own_login() {
        let logins = Logins::parse(FILE);
        let shown = |host: &str| logins.authorization(host).map(|text| text.to_string());
        assert_eq!(
            shown("a.example").unwrap(),
            format!("Basic {}", STANDARD.encode("me:secret"))
        );
        assert_eq!(
            shown("b.example").unwrap(),
            format!("Basic {}", STANDARD.encode("you:other"))
        );
        for host in ["m.example", "c.example", "late.example", "x.a.example"] {
            assert_eq!(shown(host), None, "{host}");
        }
    }

    #[test]
    fn passwords_are_not_printed() {
        let shown = format!("{:?}", Logins::parse(FILE));
        assert!(shown.contains("a.example") && !shown.contains("secret"), "{shown}");
    }
}
