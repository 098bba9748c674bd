//! Names of the source as names of the API.

use crate::declare::declaring::Declare;
use crate::declare::project::File;
use dockwright_schema::names::camel_case;
use oxc::span::Span;

impl Declare<'_, '_> {
    /// The API name of a function, field or argument; notes a problem when GraphQL cannot say it.
    pub(crate) fn api_name(&mut self, file: File, span: Span, name: &str) -> String {
        let api = camel_case(name);
        if !is_graphql(&api) {
            let message = format!("`{name}` is no name of the API");
            self.problem(
                file,
                span,
                message,
                "use letters, digits and underscores of ASCII only, and a letter first",
            );
        }
        api
    }

    /// Notes a problem when a type's name is no name of the API, or the core API has it.
    pub(crate) fn check_type_name(&mut self, file: File, span: Span, name: &str) {
        if !is_graphql(name) {
            let message = format!("`{name}` is no name of the API");
            self.problem(
                file,
                span,
                message,
                "use letters, digits and underscores of ASCII only, and a letter first",
            );
        } else if dockwright_schema::core_types::get(name).is_some() {
            let message = format!("`{name}` is a type of the core API");
            self.problem(file, span, message, "give your type another name");
        }
    }
}

fn is_graphql(name: &str) -> bool {
    let starts = name.starts_with(|first: char| first.is_ascii_alphabetic());
    starts && name.chars().all(|each| each.is_ascii_alphanumeric() || each == '_')
}
