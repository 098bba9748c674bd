/* `_dockwright_snapshot`: lets CPython forget what it holds of WASI, before the host keeps its memory for later instances.
 *
 * Handles of folders and streams mean something in the instance that got them only. Forgotten, they are asked for again when they are needed.
 * Without headers, so that any clang builds it: see build.sh. */

typedef struct PyObject PyObject;

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

enum { METH_NOARGS = 4, API_VERSION = 1013 };

extern PyObject *PyModule_Create2(PyModuleDef *, int);
extern PyObject *PyBool_FromLong(long);
extern void __wasilibc_reset_preopens(void);
__attribute__((import_module("wasi_snapshot_preview1"), import_name("reset_adapter_state"))) extern void
reset_adapter_state(void);

static PyObject *forget_handles(PyObject *module, PyObject *none) {
    reset_adapter_state();
    __wasilibc_reset_preopens();
    return PyBool_FromLong(1);
}

static PyMethodDef methods[] = {
    {"forget_handles", forget_handles, METH_NOARGS, "Forgets every handle of WASI."},
    {0, 0, 0, 0},
};

static PyModuleDef definition = {1, 0, 0, 0, 0, "_dockwright_snapshot", 0, -1, methods, 0, 0, 0, 0};

__attribute__((visibility("default"))) PyObject *PyInit__dockwright_snapshot(void) {
    return PyModule_Create2(&definition, API_VERSION);
}
