//! Writes a struct of the client with its methods.

use super::{
    docs::comment,
    model::{Class, Method, Parameter, Reference, Returns},
    names,
};

/// The type, its options and its methods, ending in a line break.
pub(super) fn class(class: &Class) -> String {
    let name = &class.name;
    let mut parts = vec![format!(
        "{}type {name} struct {{\n\tquery *querybuilder.Selection\n}}\n",
        comment(0, &class.doc)
    )];
    let chains = |method: &&Method| matches!(&method.returns, Returns::Object(to) if to.class == *name);
    if class.methods.iter().any(|method| chains(&method)) && name != "Query" {
        parts.push(format!(
            "// With{name}Func is a step of a chain.\ntype With{name}Func func(r *{name}) *{name}\n"
        ));
        parts.push(format!(
            "// With calls the function with the object, so that own steps fit into a chain.\n\
             func (r *{name}) With(f With{name}Func) *{name} {{\n\treturn f(r)\n}}\n"
        ));
    }
    parts.extend(class.methods.iter().map(|each| method(name, each)));
    parts.push(plumbing(class));
    parts.join("\n")
}

/// A method with the type of its options, ending in a line break.
pub(super) fn method(owner: &str, method: &Method) -> String {
    let options = options(method);
    let rendered = render(owner, method);
    if options.is_empty() {
        rendered
    } else {
        format!("{options}\n{rendered}")
    }
}

/// The method as an interface has it, one tab deep.
pub(super) fn signature(method: &Method) -> String {
    format!(
        "{}\t{}({}) {}\n",
        comment(1, &documentation(method)),
        method.name,
        parameters(method),
        result(&method.returns)
    )
}

/// The methods that `dagger.Ref`, arguments and the state of a module's objects rest on.
fn plumbing(class: &Class) -> String {
    let Class { name, api_name, .. } = class;
    let mut parts = vec![
        format!(
            "// WithGraphQLQuery is the object that the selection leads to.\n\
             func (r *{name}) WithGraphQLQuery(q *querybuilder.Selection) *{name} {{\n\treturn &{name}{{query: q}}\n}}\n"
        ),
        format!(
            "// XXX_GraphQLType is the type's name in the API.\n\
             func (r *{name}) XXX_GraphQLType() string {{\n\treturn \"{api_name}\"\n}}\n"
        ),
    ];
    parts.push(format!(
        "// XXX_GraphQLIDType is the name of the type's ID in the API.\n\
         func (r *{name}) XXX_GraphQLIDType() string {{\n\treturn \"{api_name}ID\"\n}}\n"
    ));
    parts.push(format!(
        "// XXX_GraphQLID asks for the object's ID.\n\
         func (r *{name}) XXX_GraphQLID(ctx context.Context) (string, error) {{\n\treturn r.query.ID(ctx)\n}}\n"
    ));
    parts.push(format!(
        "// MarshalJSON writes the object's ID.\n\
         func (r *{name}) MarshalJSON() ([]byte, error) {{\n\treturn marshalID(r.query)\n}}\n"
    ));
    parts.push(format!(
        "// UnmarshalJSON reads an ID.\n\
         func (r *{name}) UnmarshalJSON(data []byte) error {{\n\treturn unmarshalID(data, \"{api_name}\", &r.query)\n}}\n"
    ));
    for interface in &class.implements {
        parts.push(format!(
            "// As{interface} is the object as a {interface}.\n\
             func (r *{name}) As{interface}() {interface} {{\n\treturn &{interface}Client{{query: r.query}}\n}}\n"
        ));
    }
    parts.join("\n")
}

fn options(method: &Method) -> String {
    if method.options.is_empty() {
        return String::new();
    }
    let fields: Vec<String> = method
        .options
        .iter()
        .map(|option| {
            format!(
                "{}\t{} {}\n",
                comment(1, &option.doc),
                names::exported(&option.argument),
                option.go_type
            )
        })
        .collect();
    format!(
        "// {name} holds what may be left out of a call of {method}.\ntype {name} struct {{\n{fields}}}\n",
        name = method.options_type,
        method = method.name,
        fields = fields.join("\n")
    )
}

fn parameters(method: &Method) -> String {
    let mut parameters = Vec::new();
    if !matches!(method.returns, Returns::Object(_)) {
        parameters.push("ctx context.Context".to_owned());
    }
    parameters.extend(
        method
            .required
            .iter()
            .map(|parameter| format!("{} {}", names::parameter(&parameter.argument), parameter.go_type)),
    );
    if !method.options.is_empty() {
        parameters.push(format!("opts ...{}", method.options_type));
    }
    parameters.join(", ")
}

fn render(owner: &str, method: &Method) -> String {
    format!(
        "{}func (r *{owner}) {}({}) {} {{\n{}}}\n",
        comment(0, &documentation(method)),
        method.name,
        parameters(method),
        result(&method.returns),
        body(method)
    )
}

fn documentation(method: &Method) -> String {
    let mut parts = vec![method.doc.clone()];
    let told: Vec<String> = method
        .required
        .iter()
        .filter(|parameter| !parameter.doc.trim().is_empty())
        .map(|Parameter { argument, doc, .. }| {
            let doc: Vec<&str> = doc.lines().map(str::trim).collect();
            format!("  - {}: {}", names::parameter(argument), doc.join(" "))
        })
        .collect();
    if !told.is_empty() {
        parts.push(told.join("\n"));
    }
    parts.retain(|part| !part.trim().is_empty());
    // A list alone would lose its indent.
    if parts.len() == 1 && !told.is_empty() {
        parts.insert(0, format!("{} takes:", method.name));
    }
    parts.join("\n\n")
}

fn result(returns: &Returns) -> String {
    match returns {
        Returns::Object(to) => to.shown.clone(),
        Returns::Objects(to) => format!("([]{}, error)", to.item),
        Returns::Synced(to) => format!("({}, error)", to.shown),
        Returns::Id => "(ID, error)".to_owned(),
        Returns::Nothing => "error".to_owned(),
        Returns::Value(go_type) => format!("({go_type}, error)"),
    }
}

fn body(method: &Method) -> String {
    if matches!(method.returns, Returns::Id) {
        return "\tid, err := r.query.ID(ctx)\n\treturn ID(id), err\n".to_owned();
    }
    let mut selection = format!("r.query.Select(\"{}\")", method.field);
    for Parameter { argument, .. } in &method.required {
        selection.push_str(&format!(".Arg(\"{argument}\", {})", names::parameter(argument)));
    }
    let mut out = String::new();
    if !method.options.is_empty() {
        out.push_str(&format!("\tq := {selection}\n\tfor _, opt := range opts {{\n"));
        for Parameter { argument, .. } in &method.options {
            out.push_str(&format!(
                "\t\tq = q.Opt(\"{argument}\", opt.{})\n",
                names::exported(argument)
            ));
        }
        out.push_str("\t}\n");
        selection = "q".to_owned();
    }
    out.push_str(&match &method.returns {
        Returns::Object(Reference { class, .. }) => format!("\treturn &{class}{{query: {selection}}}\n"),
        Returns::Objects(to) => {
            let made = if to.item == to.class {
                format!("{}{{query: q}}", to.class)
            } else {
                format!("&{}{{query: q}}", to.class)
            };
            format!(
                "\treturn querybuilder.Objects(ctx, {selection}, \"{}\", func(q *querybuilder.Selection) {} {{\n\
                 \t\treturn {made}\n\t}})\n",
                to.api_name, to.item
            )
        }
        Returns::Synced(to) => format!(
            "\tsynced, err := {selection}.Sync(ctx, \"{}\")\n\tif err != nil {{\n\t\treturn nil, err\n\t}}\n\
             \treturn &{}{{query: synced}}, nil\n",
            to.api_name, to.class
        ),
        Returns::Id => String::new(),
        Returns::Nothing => format!("\treturn {selection}.Run(ctx)\n"),
        Returns::Value(go_type) => format!("\treturn querybuilder.Get[{go_type}](ctx, {selection})\n"),
    });
    out
}
