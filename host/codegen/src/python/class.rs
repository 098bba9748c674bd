//! Writes a class of the client.

use super::{
    code::{Code, string},
    docs::docstring,
    model::{Class, Method, Parameter, Presence, Returns},
};

/// The class with its methods and extra members (already indented), ending in a line break.
pub(super) fn class(class: &Class, extra: &[String]) -> String {
    let bases = if class.bases.is_empty() {
        String::new()
    } else {
        format!("({})", class.bases.join(", "))
    };
    let mut parts = Vec::new();
    let doc = docstring(4, &class.doc, &[]);
    if !doc.is_empty() {
        parts.push(doc);
    }
    parts.extend(class.methods.iter().map(render_method));
    parts.extend_from_slice(extra);
    if class
        .methods
        .iter()
        .any(|method| method.name == "sync" && matches!(method.returns, Returns::Synced(_)))
    {
        parts.push(format!(
            "    def __await__(self) -> collections.abc.Generator[Any, None, {}]:\n        return self.sync().__await__()\n",
            class.name
        ));
    }
    if parts.is_empty() {
        parts.push("    pass\n".to_owned());
    }
    format!("class {}{bases}:\n{}", class.name, parts.join("\n"))
}

fn render_method(method: &Method) -> String {
    let mut items = vec![Code::from("self")];
    let mut keyword_only = false;
    for parameter in &method.parameters {
        if !keyword_only && !matches!(parameter.default, Presence::Required) {
            keyword_only = true;
            items.push("*".into());
        }
        items.push(render_parameter(parameter).into());
    }
    let lazy = matches!(method.returns, Returns::Object(_));
    let head = format!("{}def {}", if lazy { "" } else { "async " }, method.name);
    let tail = format!(" -> {}:", annotation(&method.returns));
    let header = Code::Call { head, items, tail }.render(4, 0);
    let docs: Vec<(String, String)> = method
        .parameters
        .iter()
        .filter(|parameter| !parameter.doc.is_empty())
        .map(|parameter| (parameter.name.clone(), parameter.doc.clone()))
        .collect();
    format!("{header}\n{}{}", docstring(8, &method.doc, &docs), body(method))
}

fn render_parameter(parameter: &Parameter) -> String {
    let Parameter { name, annotation, .. } = parameter;
    match &parameter.default {
        Presence::Required => format!("{name}: {annotation}"),
        Presence::Optional => format!("{name}: {annotation} | None = None"),
        Presence::Default(value) => format!("{name}: {annotation} | None = {value}"),
    }
}

fn annotation(returns: &Returns) -> String {
    match returns {
        Returns::Object(name) | Returns::Synced(name) => name.clone(),
        Returns::Objects(name) => format!("list[{name}]"),
        Returns::Id => "str".to_owned(),
        Returns::Nothing => "None".to_owned(),
        Returns::Value(annotation) => annotation.clone(),
    }
}

fn body(method: &Method) -> String {
    let arguments = method.parameters.iter().map(|parameter| {
        let mut items = vec![
            Code::from(string(&parameter.argument)),
            Code::from(parameter.name.as_str()),
        ];
        match &parameter.default {
            Presence::Required => {}
            Presence::Optional => items.push("None".into()),
            Presence::Default(value) => items.push(value.as_str().into()),
        }
        Code::call("Arg", items)
    });
    let select = |head: &str| {
        let items = std::iter::once(Code::from(string(&method.field)))
            .chain(arguments)
            .collect();
        Code::call(head, items).render(8, 0)
    };
    match &method.returns {
        Returns::Object(name) => format!("{}\n        return {name}(_ctx)\n", select("_ctx = self._select")),
        Returns::Objects(name) => {
            format!(
                "{}\n        return await _ctx.execute_objects({name})\n",
                select("_ctx = self._select")
            )
        }
        Returns::Synced(_) => format!(
            "{}\n        return await _ctx.execute_sync(self)\n",
            select("_ctx = self._select")
        ),
        Returns::Id => "        return await self._ctx.execute_id()\n".to_owned(),
        Returns::Nothing => format!("{}\n        await _ctx.execute(None)\n", select("_ctx = self._select")),
        Returns::Value(annotation) => {
            format!(
                "{}\n        return await _ctx.execute({annotation})\n",
                select("_ctx = self._select")
            )
        }
    }
}
