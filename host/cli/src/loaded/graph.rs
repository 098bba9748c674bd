//! A module with those that it calls. Each is prepared once, after those that it calls itself: their definitions are part of what it is
//! made of. What does not wait for each other is prepared at the same time.

use super::{Callable, Need, Prepared, Served, artifact, digest_of_path, go, python, rust, typescript};
use crate::error::CliError;
use crate::session::Session;
use dockwright_api::{ToolchainRules, UserDefaults};
use dockwright_module::{Language, LockedModule, Origin};
use dockwright_schema::module_def::{Annotations, ObjectDef};
use dockwright_schema::names::pascal_case;
use dockwright_schema::{MergeError, ModuleDef, ModuleId, VisibleModule, check_module_names, check_view};
use futures::future::try_join_all;
use std::collections::HashMap;
use std::sync::Arc;

/// Prepares the module and all below it; the module itself comes last.
pub(super) async fn prepare(session: &Session, root: &Arc<LockedModule>, need: Need) -> Result<Vec<Served>, CliError> {
    let mut graph = Graph::new(session, root, need);
    graph.below().await?;
    let main = match graph.of_blueprint(root) {
        Some(main) => main,
        None => one(session, root, graph.seen_by(root), need).await?,
    };
    graph.keep(root, main);
    Ok(graph.served)
}

/// The modules that one depends on, as it sees them. The module itself need not be in a state to be loaded.
pub(crate) async fn dependencies(session: &Session, root: &LockedModule) -> Result<Vec<VisibleModule>, CliError> {
    let mut graph = Graph::new(session, root, Need::Definition);
    graph.below().await?;
    Ok(graph.seen_by(root))
}

struct Graph<'a> {
    session: &'a Session,
    root: &'a LockedModule,
    need: Need,
    visible: HashMap<Place, VisibleModule>,
    served: Vec<Served>,
}

/// What tells modules of a graph apart: each is one value.
type Place = usize;

fn place(locked: &LockedModule) -> Place {
    std::ptr::from_ref(locked).addr()
}

impl<'a> Graph<'a> {
    fn new(session: &'a Session, root: &'a LockedModule, need: Need) -> Graph<'a> {
        Graph {
            session,
            root,
            need,
            visible: HashMap::new(),
            served: Vec::new(),
        }
    }

    /// Prepares what is below the root.
    async fn below(&mut self) -> Result<(), CliError> {
        let mut order = Order::default();
        for needed in self.root.needed() {
            order.add(needed);
        }
        for level in order.levels() {
            let prepared = try_join_all(level.iter().map(|locked| {
                let dependencies = self.seen_by(locked);
                let (session, root, need) = (self.session, self.root, self.need);
                let of_blueprint = self.of_blueprint(locked);
                async move {
                    if let Some(one) = of_blueprint {
                        return Ok(one);
                    }
                    let one = one(session, locked, dependencies, need).await;
                    one.map_err(|error| needed(root, locked, error))
                }
            }));
            for (locked, one) in level.iter().zip(prepared.await?) {
                self.keep(locked, one);
            }
        }
        Ok(())
    }

    /// The module, when it has the functions of another one: that one's, under its own name and with its own files.
    fn of_blueprint(&self, locked: &Arc<LockedModule>) -> Option<Served> {
        let blueprint = locked.blueprint.as_ref()?;
        let loaded = self
            .served
            .iter()
            .find(|served| Arc::ptr_eq(&served.locked, blueprint))?;
        let mut served = loaded.clone();
        served.module.name.clone_from(&locked.manifest.name);
        served.module.id = ModuleId(locked.digest.as_str().into());
        served.locked = locked.clone();
        Some(served)
    }

    fn keep(&mut self, locked: &LockedModule, mut one: Served) {
        // Equal modules in two places differ in what lies around them.
        let equal = self
            .served
            .iter()
            .filter(|other| other.locked.digest == locked.digest)
            .count();
        if equal > 0 {
            one.module.id = ModuleId(format!("{}-{equal}", locked.digest).into());
        }
        // So is one that the session has already from elsewhere.
        if self.session.is_elsewhere(&one.module.id, locked) {
            let place = digest_of_path(&locked.root);
            one.module.id = ModuleId(format!("{}-{place}", one.module.id.0).into());
        }
        self.visible.insert(place(locked), one.module.clone());
        self.served.push(one);
    }

    /// The modules that one calls, under the names that its manifest gives them.
    fn seen_by(&self, locked: &LockedModule) -> Vec<VisibleModule> {
        let named = locked.dependencies.iter().filter_map(|dependency| {
            let module = self.visible.get(&place(&dependency.module))?;
            Some(VisibleModule {
                name: dependency.name.clone(),
                ..module.clone()
            })
        });
        named.collect()
    }
}

/// Modules, each with how many are below it on the longest way.
#[derive(Default)]
struct Order<'a> {
    depths: HashMap<Place, usize>,
    modules: Vec<&'a Arc<LockedModule>>,
}

impl<'a> Order<'a> {
    fn add(&mut self, module: &'a Arc<LockedModule>) -> usize {
        if let Some(known) = self.depths.get(&place(module)) {
            return *known;
        }
        let below = module.needed().map(|needed| self.add(needed) + 1);
        let depth = below.max().unwrap_or_default();
        self.depths.insert(place(module), depth);
        self.modules.push(module);
        depth
    }

    fn levels(&self) -> Vec<Vec<&'a Arc<LockedModule>>> {
        let mut levels: Vec<Vec<&'a Arc<LockedModule>>> = Vec::new();
        for module in &self.modules {
            let depth = self.depths.get(&place(module)).copied().unwrap_or_default();
            if levels.len() <= depth {
                levels.resize_with(depth + 1, Vec::new);
            }
            if let Some(level) = levels.get_mut(depth) {
                level.push(module);
            }
        }
        levels
    }
}

async fn one(
    session: &Session,
    locked: &Arc<LockedModule>,
    dependencies: Vec<VisibleModule>,
    need: Need,
) -> Result<Served, CliError> {
    let refused = |error: MergeError| CliError::Load {
        module: locked.manifest.name.clone(),
        message: error.to_string(),
    };
    // Bindings of modules whose names meet would fail in ways that say less.
    check_module_names(&locked.manifest.name, &dependencies).map_err(refused)?;
    let prepared = match (&locked.origin, &locked.language) {
        (Origin::Artifact(module), _) => artifact::prepare(session, locked, module, &dependencies, need).await?,
        (_, Language::Python(project)) => python::prepare(session, locked, project, &dependencies).await?,
        (_, Language::TypeScript(project)) => typescript::prepare(session, locked, project, &dependencies).await?,
        (_, Language::Go) => go::prepare(session, locked, &dependencies).await?,
        (_, Language::Rust) => rust::prepare(session, locked).await?,
        (_, Language::Component(path)) => rust::component_of(session, locked, path).await?,
        (_, Language::Nothing) => without_code(&locked.manifest.name),
    };
    let module = VisibleModule {
        name: locked.manifest.name.clone(),
        id: ModuleId(locked.digest.as_str().into()),
        def: Arc::new(prepared.definition),
    };
    if !dependencies.is_empty() {
        check_view(&module, &dependencies).map_err(refused)?;
    }
    Ok(Served {
        module,
        dependencies,
        callable: prepared.callable,
        below: Vec::new(),
        defaults: UserDefaults::default(),
        toolchains: Vec::new(),
        rules: ToolchainRules::default(),
        context: None,
        locked: locked.clone(),
    })
}

/// A module that only names others: its object has no functions of its own.
fn without_code(module: &str) -> Prepared {
    let main = ObjectDef {
        name: pascal_case(module),
        description: None,
        fields: Vec::new(),
        functions: Vec::new(),
        constructor: None,
        location: None,
        annotations: Annotations::default(),
    };
    let refused = CliError::Load {
        module: module.to_owned(),
        message: "it has no code to run".to_owned(),
    };
    let message = refused.to_string();
    Prepared {
        callable: Callable::new(move || Err(CliError::other("module::load", message.clone()))),
        definition: ModuleDef {
            main_object: main.name.clone(),
            objects: vec![main],
            ..ModuleDef::default()
        },
    }
}

/// The error with the way that leads to the module.
fn needed(root: &LockedModule, module: &LockedModule, error: CliError) -> CliError {
    let names = way(root, module).unwrap_or_default();
    let chain: Vec<&str> = std::iter::once(root.manifest.name.as_str()).chain(names).collect();
    CliError::Dependency {
        chain: chain.join(" → "),
        problem: Box::new(error),
    }
}

/// Names of the dependencies from one module to another.
fn way<'a>(from: &'a LockedModule, to: &LockedModule) -> Option<Vec<&'a str>> {
    if place(from) == place(to) {
        return Some(Vec::new());
    }
    let named = from.dependencies.iter().chain(&from.toolchains);
    let named = named.map(|named| (named.name.as_str(), &named.module));
    let blueprint = from
        .blueprint
        .iter()
        .map(|module| (module.manifest.name.as_str(), module));
    named.chain(blueprint).find_map(|(name, module)| {
        let mut names = way(module, to)?;
        names.insert(0, name);
        Some(names)
    })
}
