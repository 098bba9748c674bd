//! Replaces the plaintext of secrets in text. Holds plaintexts in memory only, zeroed when the run ends.
