/* `_dockwright_snapshot`: makes CPython's memory fit to be kept for later instances.
 *
 * Handles of folders and streams mean something in the instance that got them only. Forgotten, they are asked for again when they are needed.
 * Counts of references are written whenever an object is looked at, and each page that is written to has to be copied; those of immortal objects
 * (PEP 683) are left alone. Without headers, so that any clang builds it: see build.sh. */

typedef struct {
    int references;
    void *type;
} PyObject;

typedef struct {
    const char *name;
    PyObject *(*function)(PyObject *, PyObject *);
    int flags;
    const char *doc;
} PyMethodDef;

typedef struct {
    int references;
    void *type;
    void *init;
    int index;
    void *copy;
    const char *name;
    const char *doc;
    int size;
    PyMethodDef *methods;
    void *slots, *traverse, *clear, *free;
} PyModuleDef;

enum { METH_NOARGS = 4, METH_O = 8, API_VERSION = 1013 };

/* What CPython 3.14 gives immortal objects where pointers have 32 bits: _Py_IMMORTAL_INITIAL_REFCNT of its refcount.h. */
enum { IMMORTAL = 5 << 28 };

extern PyObject *PyModule_Create2(PyModuleDef *, int);
extern PyObject *PyBool_FromLong(long);
extern int PyList_Size(PyObject *);
extern PyObject *PyList_GetItem(PyObject *, int);
extern void __wasilibc_reset_preopens(void);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("reset_adapter_state"))) extern void
reset_adapter_state(void);

static PyObject *forget_handles(PyObject *module, PyObject *none) {
    reset_adapter_state();
    __wasilibc_reset_preopens();
    return PyBool_FromLong(1);
}

static PyObject *immortalize(PyObject *module, PyObject *objects) {
    int count = PyList_Size(objects);
    for (int index = 0; index < count; index++) {
        PyList_GetItem(objects, index)->references = IMMORTAL;
    }
    return PyBool_FromLong(1);
}

static PyMethodDef methods[] = {
    {"forget_handles", forget_handles, METH_NOARGS, "Forgets every handle of WASI."},
    {"immortalize", immortalize, METH_O, "Makes the objects of a list immortal."},
    {0, 0, 0, 0},
};

static PyModuleDef definition = {1, 0, 0, 0, 0, "_dockwright_snapshot", 0, -1, methods, 0, 0, 0, 0};

__attribute__((visibility("default"))) PyObject *PyInit__dockwright_snapshot(void) {
    return PyModule_Create2(&definition, API_VERSION);
}
