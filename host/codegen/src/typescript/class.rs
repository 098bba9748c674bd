//! Writes a class of the client.

use super::{
    code::{bracketed, field, literal, string, with_literal},
    docs,
    model::{Class, Method, Returns, Target},
    records,
};

/// The options of its methods, its TypeScript interface when it has one, and the class with extra members (already indented).
pub(super) fn class(class: &Class, extra: &[String]) -> String {
    let mut parts: Vec<String> = class
        .methods
        .iter()
        .filter_map(|method| method.options.as_ref().map(records::record))
        .collect();
    let is_interface = class.class_name != class.name;
    if is_interface {
        parts.push(interface(class));
    }
    let mut members: Vec<String> = class
        .methods
        .iter()
        .map(|method| implementation(method, "this._ctx"))
        .collect();
    members.extend(chaining(class));
    members.extend_from_slice(extra);
    let (doc, implements) = if is_interface {
        (
            format!("The `{}` whose type is not known.", class.api_name),
            format!(" implements {}", class.name),
        )
    } else {
        (class.doc.clone(), String::new())
    };
    parts.push(format!(
        "{}export class {} extends BaseClient{implements} {{\n{}}}\n",
        docs::text(0, &doc),
        class.class_name,
        members.join("\n")
    ));
    parts.join("\n")
}

/// The method's declaration without a body, two spaces deep.
pub(super) fn declaration(method: &Method) -> String {
    format!(
        "{}{}",
        docs::method(2, &method.doc, &method.parameters),
        signature(2, method, ";")
    )
}

/// The method's parameters as TypeScript has them.
pub(super) fn parameters(method: &Method) -> Vec<String> {
    let mut items: Vec<String> = method
        .parameters
        .iter()
        .map(|parameter| format!("{}: {}", parameter.name, parameter.annotation))
        .collect();
    items.extend(method.options.as_ref().map(|options| {
        let mark = if options.fields.iter().all(|field| field.optional) {
            "?"
        } else {
            ""
        };
        format!("opts{mark}: {}", options.name)
    }));
    items
}

/// The statements of a method whose chain is `ctx`, `indent` spaces deep.
pub(super) fn body(indent: usize, method: &Method, ctx: &str) -> String {
    let tail = |end: &str| format!("){end};");
    let class_call =
        |name: &str, Target { api_name, class, .. }: &Target| format!(".{name}({}, {class});", string(api_name));
    match &method.returns {
        Returns::Object(Target { class, .. }) => {
            selection(indent, &format!("return new {class}({ctx}"), method, &tail(""))
        }
        Returns::Objects(target) => selection(indent, &format!("return {ctx}"), method, &class_call("objects", target)),
        Returns::Synced(target) => selection(indent, &format!("return {ctx}"), method, &class_call("synced", target)),
        Returns::Id(id) => format!("{}return {ctx}.id<{id}>();\n", " ".repeat(indent)),
        Returns::Nothing => selection(indent, &format!("return {ctx}"), method, ".nothing();"),
        Returns::Value(_) => selection(indent, &format!("return {ctx}"), method, ".execute();"),
    }
}

fn interface(class: &Class) -> String {
    let members: Vec<String> = class.methods.iter().map(declaration).collect();
    format!(
        "{}export interface {} {{\n{}}}\n",
        docs::text(0, &class.doc),
        class.name,
        members.join("\n")
    )
}

fn implementation(method: &Method, ctx: &str) -> String {
    format!(
        "{}{}{}  }}\n",
        docs::method(2, &method.doc, &method.parameters),
        signature(2, method, " {"),
        body(4, method, ctx)
    )
}

fn signature(indent: usize, method: &Method, end: &str) -> String {
    let tail = format!(": {}{end}", annotation(&method.returns));
    bracketed(indent, &method.name, &parameters(method), &tail) + "\n"
}

fn annotation(returns: &Returns) -> String {
    match returns {
        Returns::Object(target) => target.annotation.clone(),
        Returns::Objects(target) => format!("Promise<{}[]>", target.annotation),
        Returns::Synced(target) => format!("Promise<{}>", target.annotation),
        Returns::Id(annotation) | Returns::Value(annotation) => format!("Promise<{annotation}>"),
        Returns::Nothing => "Promise<void>".to_owned(),
    }
}

/// `head.select("field", { arguments }, { kinds })tail`.
fn selection(indent: usize, head: &str, method: &Method, tail: &str) -> String {
    let head = format!("{head}.select");
    let name = string(&method.field);
    let mut fields: Vec<String> = method
        .parameters
        .iter()
        .map(|parameter| field(&parameter.argument, &parameter.name))
        .collect();
    if method.options.is_some() {
        fields.push("...opts".to_owned());
    }
    let optional = method.options.iter().flat_map(|options| &options.fields);
    let kinds: Vec<String> = method
        .parameters
        .iter()
        .chain(optional)
        .filter_map(|parameter| parameter.kind.as_ref().map(|kind| field(&parameter.argument, kind)))
        .collect();
    let text = match (fields.as_slice(), kinds.as_slice()) {
        ([], _) => bracketed(indent, &head, &[name], tail),
        (fields, []) => with_literal(indent, &head, &name, fields, tail),
        (fields, kinds) => bracketed(indent, &head, &[name, literal(fields), literal(kinds)], tail),
    };
    text + "\n"
}

/// `with`, for types whose methods give the type again.
fn chaining(class: &Class) -> Option<String> {
    let has_own = class.methods.iter().any(|method| method.name == "with");
    let chains =
        |method: &Method| matches!(&method.returns, Returns::Object(target) if target.annotation == class.name);
    if has_own || !class.methods.iter().any(chains) {
        return None;
    }
    let name = &class.name;
    Some(format!(
        "  /** Calls a function with this object, so that own steps fit into a chain. */\n  \
         with(arg: (param: {name}) => {name}): {name} {{\n    return arg(this);\n  }}\n"
    ))
}
