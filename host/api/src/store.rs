//! The session's recipes by ID. It only grows; the session's end drops it.

use crate::error::ApiError;
use crate::recipe::Recipe;
use dockwright_schema::{ObjectId, ObjectKey};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// The session's recipes.
pub(crate) struct Store {
    key: ObjectKey,
    recipes: RwLock<HashMap<ObjectId, Arc<Recipe>>>,
}

impl Store {
    pub(crate) fn new(key: ObjectKey) -> Store {
        Store {
            key,
            recipes: RwLock::default(),
        }
    }

    /// The key of the digests.
    pub(crate) fn key(&self) -> &ObjectKey {
        &self.key
    }

    /// Keeps the recipe and gives the ID of what it makes.
    pub(crate) fn insert(&self, type_name: &Arc<str>, recipe: Recipe) -> ObjectId {
        let id = recipe.id(type_name, &self.key);
        let mut recipes = self.recipes.write().unwrap_or_else(PoisonError::into_inner);
        recipes.entry(id.clone()).or_insert_with(|| Arc::new(recipe));
        id
    }

    /// The recipe of an object.
    pub(crate) fn get(&self, id: &ObjectId) -> Result<Arc<Recipe>, ApiError> {
        let recipes = self.recipes.read().unwrap_or_else(PoisonError::into_inner);
        recipes
            .get(id)
            .cloned()
            .ok_or_else(|| ApiError::UnknownId(id.to_string()))
    }
}
