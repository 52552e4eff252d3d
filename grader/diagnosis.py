"""From an exception of the student's code to its likely cause and the next step.

A table, most specific first; add a row when a learner meets a message that no row explains. The texts name causes
and places to look, never the line to write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.touch.session import Raised
from grader.verdict import Finding


@dataclass(frozen=True)
class Pattern:
    """One kind of error: which exception, what its message and the line of code say, and what that usually means."""

    types: tuple[str, ...]
    message: str
    cause: str
    next_step: str
    code: str = ""


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        ("RuntimeError",),
        r"same dtype, but got (Double|Long|Int|Half) and Float|expected .*Float but found (Double|Long)"
        r"|expected scalar type Float|Found dtype (Double|Long) but expected Float",
        "the numbers are not float32: pandas and NumPy hand out float64 (Double), lists of whole numbers become "
        "int64 (Long), while the layers of PyTorch compute in float32",
        "convert where the tensor is made, so that everything after it is float32",
    ),
    Pattern(
        ("RuntimeError",),
        r"to have the same dtype|must have the same dtype|expected scalar type Double|but found Float",
        "tensors of two dtypes meet, such as float32 and float64: one of them was made in the code, where torch takes "
        "float32 unless told otherwise",
        "print the dtype of each tensor on this line; a new one can take over the dtype of one that came in",
    ),
    Pattern(
        ("RuntimeError", "ValueError"),
        r"Boolean value of Tensor with .* is ambiguous|truth value of an array",
        "`if`, `not`, `and` or `or`, or Python's own `max` or `min`, asks a whole tensor whether it is true, and a "
        "tensor has one answer for each entry",
        "what is the question: whether there is a tensor at all (`is None`), or something about its numbers?",
    ),
    Pattern(
        ("RuntimeError",),
        r"mat1 and mat2 shapes cannot be multiplied|size mismatch, got input",
        "the last axis of the input is not as long as the layer's `in_features`, or the matrix still has to be "
        "transposed",
        "print the shape of the input beside the shape of the weight, and see which axis belongs to which",
    ),
    Pattern(
        ("RuntimeError", "AttributeError"),
        r"hx and cx should also be|For (un)?batched \d-D input, hx should|'tuple' object has no attribute 'dim'",
        "the state does not have the form that this layer wants: an LSTM takes a pair (h, c), a GRU or RNN a single "
        "tensor, all of shape (layers, batch, hidden)",
        "hand the state back whole, as the layer returned it, or leave it out",
    ),
    Pattern(
        ("TypeError",),
        r"tuple indices must be integers or slices, not tuple",
        "a tuple is indexed as if it were a tensor; recurrent layers return two things, the outputs and the state",
        "unpack the two before you index",
    ),
    Pattern(
        ("RuntimeError",),
        r"expected input\[.*\] to have \d+ channels, but got",
        "another number of channels arrives than the convolution has kernels for in each filter (axis 1 of its weight)",
        "print the shape of the input beside the shape of the weight: axis 1 of both must agree",
    ),
    Pattern(
        ("RuntimeError",),
        r"Kernel size can't be greater than actual input size|[Oo]utput size is too small",
        "the image has become smaller than the kernel or the pooling window",
        "print the shape after each layer; are height and width where the layer looks for them, on the last two axes?",
    ),
    Pattern(
        ("RuntimeError",),
        r"einsum\(\): .*does not broadcast",
        "axes that share a letter in `einsum` have different lengths: a slice that is cut off at the edge is shorter, "
        "or a letter stands for the wrong axis",
        "print the shapes of both tensors just before this line",
    ),
    Pattern(
        ("RuntimeError",),
        r"grad can be implicitly created only for scalar outputs",
        "`backward()` starts from a single number, and there are several",
        "sum them first",
    ),
    Pattern(
        ("RuntimeError",),
        r"self must be a matrix|must be a matrix|batch2 tensor|dimension other than 2|matrices expected",
        "the product is made for two axes, and here come more: `torch.mm` and `.T` know matrices only, while the "
        "layers of PyTorch act on the last axis, with any number of axes before it",
        "use an operation that multiplies along the last axis, whatever stands before it",
    ),
    Pattern(
        ("ValueError",),
        r"(Target|input) size \(torch\.Size\(\[\]\)\)",
        "a `squeeze()` without a dimension removes every axis of size 1: of a batch of one also the batch axis",
        "name the axis that is to go: `squeeze(-1)`",
    ),
    Pattern(
        ("ValueError",),
        r"Target size .* must be the same as input size|Using a target size .* that is different to the input size",
        "the outputs and the labels have different shapes: a network with one output gives a column (B, 1), a loader "
        "gives labels (B,)",
        "bring the labels to the shape of the outputs before the loss",
    ),
    Pattern(
        ("RuntimeError",),
        r"leaf Variable that requires grad is being used in an in-place operation",
        "a parameter is changed in place where autograd takes notes",
        "make the update within `torch.no_grad()`",
    ),
    Pattern(
        ("TypeError",),
        r"cannot assign '.*Tensor' as parameter",
        "a module accepts only parameters under this name, and a sum or product of tensors is a plain tensor",
        "change the parameter in place instead of replacing it",
    ),
    Pattern(
        ("RuntimeError",),
        r"shape '.*' is invalid",
        "`bincount` counts up to the largest number that occurs: the result is too short when the last are missing",
        "tell it with `minlength` how many counts there have to be",
        code=r"bincount",
    ),
    Pattern(
        ("RuntimeError",),
        r"shape '.*' is invalid",
        "the numbers do not fit into this shape: a size, such as the batch size, is written into the code",
        "take the sizes from the tensor itself; -1 stands for one that follows from the others",
    ),
    Pattern(
        ("RuntimeError",),
        r"The size of tensor a \(\d+\) must match",
        "`*` multiplies number by number, for which both shapes must go together: these are shapes that do not go "
        "together",
        "print both shapes; is this the place for a matrix product?",
        code=r"[^*]\*[^*]",
    ),
    Pattern(
        ("RuntimeError",),
        r"The size of tensor a \(\d+\) must match|inconsistent tensor size",
        "two tensors of shapes that do not go together are combined",
        "print both shapes just before this line",
    ),
    Pattern(
        ("RuntimeError",),
        r"Expected all tensors to be on the same device|on cuda|on different device",
        "the model and the data are on different devices",
        "move both with `.to(device)`; remember that a tensor's `.to` returns a new tensor",
    ),
    Pattern(
        ("RuntimeError", "ValueError"),
        r"Expected hidden(\[\d\])? size \(|doesn't match hidden\d? batch size|Expected hidden to be \dD"
        r"|hx.* should (also )?be \d-D|Input and hidden tensors are not",
        "the first hidden state does not fit to this recurrent layer and its input: another batch size, number of "
        "layers or number of axes, another device or dtype, or batch and time exchanged",
        "print the shapes of input and hidden state: (layers, batch, hidden) for a layer, (batch, hidden) for a cell",
    ),
    Pattern(
        ("RuntimeError", "ValueError"),
        r"input\.size\(-1\) must be equal to input_size|input has inconsistent input_size",
        "the last axis of the input does not hold the features that this recurrent layer was made for",
        "print the shape of the input: the features come last, also when there is only one",
    ),
    Pattern(
        ("AttributeError",),
        r"cannot assign (module|parameters?) before Module\.__init__\(\) call",
        "an `nn.Module` must set itself up before it can hold layers",
        "make `super().__init__()` the first line of the constructor",
    ),
    Pattern(
        ("AttributeError",),
        r"object has no attribute '_(modules|parameters|forward_hooks|forward_pre_hooks|backward_hooks|buffers)'",
        "the parent constructor of `nn.Module` was never run",
        "make `super().__init__()` the first line of the constructor",
    ),
    Pattern(
        ("NotImplementedError",),
        r'missing the required "forward" function',
        "the class has no method with the exact name `forward`: a typing slip, or its indentation put it outside "
        "the class",
        "check the spelling and the indentation of `forward`",
    ),
    Pattern(
        ("NotImplementedError",),
        r"should implement __getitem__",
        "the class has no method with the exact name `__getitem__` (two underscores on each side)",
        "check the spelling and the indentation of `__getitem__`",
    ),
    Pattern(
        ("ValueError",),
        r"Expected more than 1 value per channel",
        "a batch of one row reached a BatchNorm layer in training mode: one row has no variance",
        "in training, see to it that no batch has a single row; for scoring, switch the model to eval mode first",
    ),
    Pattern(
        ("RuntimeError",),
        r"running_mean should contain \d+ elements",
        "a BatchNorm layer is made for another number of features than it gets",
        "its size must be that of the layer whose outputs it normalizes: print the shape that comes in",
    ),
    Pattern(
        ("TypeError",),
        r"has no len\(\)|object of type '.*' has no len",
        "`len()` asks the class for `__len__`, and there is none",
        "give the class a `__len__` (two underscores on each side) that returns the number of samples",
    ),
    Pattern(
        ("TypeError",),
        r"^(list|tuple|generator|dict) is not a Module subclass",
        "a list is passed where the modules themselves belong, one after the other",
        "hand over the modules separated by commas, or unpack the list with a star",
    ),
    Pattern(
        ("TypeError",),
        r"^torch\.nn\.modules\..* is not a Module subclass",
        "the class itself is passed instead of a module made from it: its brackets `()` are missing",
        "make an instance of each module",
    ),
    Pattern(
        ("TypeError",),
        r"is not a Module subclass",
        "a function is no module, even if both compute the same: only modules can be chained here",
        "use the module of that name from `torch.nn`, with brackets",
    ),
    Pattern(
        ("TypeError",),
        r"^\w+\(\) takes no arguments",
        "the class has no constructor with the exact name `__init__` (two underscores on each side)",
        "check the spelling and the indentation of `__init__`",
    ),
    Pattern(
        ("TypeError",),
        r"positional arguments? but",
        "`self` is passed twice: `super()` hands it on by itself",
        "leave `self` out of the brackets of this call",
        code=r"super\(.*\)\.\w+\(self\b",
    ),
    Pattern(
        ("TypeError",),
        r"takes (no|\d+|from \d+ to \d+) (positional )?arguments? but",
        "the definition has fewer parameters than the call has arguments; in a class, `self` is the first one",
        "compare the `def` line with the signature in the exercise; every method starts with `self`",
    ),
    Pattern(
        ("TypeError",),
        r"missing \d+ required (positional|keyword-only) argument",
        "the definition asks for more arguments than it gets",
        "compare the `def` line with the signature in the exercise; optional ones need a default",
    ),
    Pattern(
        ("TypeError",),
        r"got an unexpected keyword argument",
        "the parameter has another name than the exercise gives it",
        "compare the names in the `def` line with the signature in the exercise",
    ),
    Pattern(
        ("TypeError",),
        r"is not subscriptable|does not support indexing",
        "an object without `__getitem__` is indexed: a DataLoader, for one, can only be looped over",
        "ask an iterator for its next value, or index the dataset instead",
    ),
    Pattern(
        ("TypeError",),
        r"object is not an iterator",
        "`next()` needs an iterator; a DataLoader is something that iterators are made from",
        "make an iterator from it first with `iter(...)`",
    ),
    Pattern(
        ("TypeError",),
        r"default_collate: batch must contain",
        "the DataLoader cannot stack what the dataset returns: None, strings in an object array, or other types "
        "that are not numbers",
        "look at `dataset[0]`: are both parts numbers or tensors, and is there a `return`?",
    ),
    Pattern(
        ("TypeError",),
        r"'NoneType' object is not callable",
        "something that is None is called like a function: an option that was left out, for example",
        "test for None before you call it",
    ),
    Pattern(
        ("TypeError",),
        r"'NoneType' object|NoneType",
        "something is None that should hold a value: often a function without `return`, or a method such as "
        "`append` or `sort` whose result was kept",
        "find the None: which name on this line has no value?",
    ),
    Pattern(
        ("TypeError",),
        r"'\w+' object is not iterable",
        "a loop, a `zip` or an unpacking needs something with several entries, and gets a single object, whose type "
        "the message names",
        "print `type(...)` of what is looped over: can it be a single object in an allowed call?",
    ),
    Pattern(
        ("TypeError",),
        r"can't convert np\.ndarray of type numpy\.object_|could not determine the shape of object type",
        "the table still has a column that is not a number, or is a DataFrame that torch does not read",
        "select the columns and turn them into one NumPy array of one dtype first",
    ),
    Pattern(
        ("AttributeError", "TypeError"),
        r"must be Tensor, not (?!NoneType|DataFrame|Series|Parameter)[A-Z]\w*$"
        r"|operand type\(s\) for .*'(ReLU|Sigmoid|Tanh|Softmax|GELU|Linear)'"
        r"|'(ReLU|Sigmoid|Tanh|Softmax|GELU|Linear)' object has no attribute '(?!weight|bias|in_features|out_features)",
        "a module came where its result belongs: `nn.ReLU(x)` makes a layer, with `x` as an option of its constructor, "
        "and does not apply it",
        "make the module first, and call what you made with the data; or use the plain function of that name",
    ),
    Pattern(
        ("TypeError", "AttributeError"),
        r"must be Tensor, not tuple|'tuple' object has no attribute '(shape|size|squeeze|unsqueeze|view|reshape|dim)'",
        "a tuple is used like a tensor: the call that made it returns several values; a recurrent layer, for one, "
        "returns its outputs and its last states",
        "unpack the values into names of their own, and use the one you need",
    ),
    Pattern(
        ("TypeError",),
        r"must be Tensor, not",
        "the operation wants a tensor, and gets a value of another type, named at the end of the message",
        "convert the value to a tensor before this line",
    ),
    Pattern(
        ("AttributeError",),
        r"'NoneType' object has no attribute",
        "something is None that should hold a value: a function without `return`, or the `.grad` of a tensor for which "
        "autograd has kept none, such as one that came out of a computation",
        "find the None: which name on this line has no value, and what should have given it one?",
    ),
    Pattern(
        ("AttributeError",),
        r"'(\w+)' object has no attribute '(\w+)'",
        "the attribute was never set on this object: set under another name, without `self.`, or in a parent "
        "constructor that was not called",
        "find the line that should set it, and compare the spelling",
    ),
    Pattern(
        ("AttributeError",),
        r"has no attribute",
        "the name after the dot does not exist there",
        "compare its spelling with the documentation",
    ),
    Pattern(
        ("NameError", "UnboundLocalError"),
        r"",
        "a name is used that has no value here: a typing slip, a missing `self.`, or a cell that was not run",
        "check its spelling, then restart the kernel and run the cells in order",
    ),
    Pattern(
        ("KeyError",),
        r"^-?\d+$",
        "a table is asked for the row that carries this number, and there is none: dropping rows leaves gaps in the "
        "numbering, which `loc` looks at, while `iloc` counts places",
        "take rows by their place, or number them anew after dropping",
    ),
    Pattern(
        ("KeyError",),
        r"",
        "a column or key of that name does not exist",
        "print the available names (`frame.columns`, `dictionary.keys()`) and compare the spelling",
    ),
    Pattern(
        ("IndexError", "RuntimeError"),
        r"too many indices for tensor of dimension 0|slice\(\) cannot be applied "
        r"to a 0-dim|invalid index of a 0-dim tensor|iteration over a 0-d tensor",
        "a tensor without any axis is indexed: a `squeeze()` without a dimension removes every axis of length 1, also "
        "that of a list with a single entry",
        "name the axis that is to go, or use `flatten()`, which always leaves one axis",
    ),
    Pattern(
        ("RuntimeError",),
        r"selected index k out of range",
        "`topk` is asked for more numbers than there are",
        "ask for as many as there are, at most",
    ),
    Pattern(
        ("IndexError",),
        r"",
        "an index lies outside of the data: is the length right, and does counting start at 0?",
        "print the length beside the index",
    ),
    Pattern(
        ("ValueError",),
        r"is not in (list|tuple)|tuple\.index|list\.index",
        "`index` looks for a value that the list does not hold: the wrong list, or a value spelled differently",
        "print the list beside the value",
    ),
    Pattern(
        ("TypeError",),
        r"slice indices must be integers",
        "`/` gives a float, even where the division comes out even, and indexes are whole numbers",
        "divide whole numbers with `//`",
    ),
    Pattern(
        ("ValueError",),
        r"step must be greater than zero",
        "a tensor cannot be sliced backwards, unlike a list or a NumPy array",
        "index it with indexes that run backwards",
    ),
    Pattern(
        ("RuntimeError",),
        r"permute\(.*number of dimensions",
        "`permute` names every axis once, and the tensor has another number of axes than are named here",
        "print the shape before this line; `squeeze()` without an argument removes every axis of length 1",
    ),
    Pattern(
        ("RuntimeError",),
        r"stack expects each tensor to be equal size",
        "tensors of different shapes are to be stacked into one, such as pictures of different sizes into a batch",
        "print the shapes of a few of them, and bring all to one shape first",
    ),
    Pattern(
        ("RuntimeError",),
        r"Sizes of tensors must match except in dimension",
        "tensors are joined along one axis, and their other axes have different lengths",
        "print the shapes; which axes may differ, and which must not?",
    ),
    Pattern(
        ("TypeError",),
        r"should be a float tensor|does not support PIL images",
        "a step that computes with float numbers, such as `Normalize`, gets levels or a Pillow image",
        "convert to a float tensor in 0..1 before it: the order of the steps matters",
    ),
    Pattern(
        ("ValueError",),
        r"could not convert string to float",
        "there is text where numbers belong: the header line of the file was read as data, or a column of words",
        "look at the first rows of the table just before this line",
    ),
    Pattern(
        ("ValueError",),
        r"not enough values to unpack",
        "`chunk` and `split` cut along axis 0 unless told otherwise, and here that axis holds too few for so many "
        "parts: often it is the batch",
        "print the shape of what is cut: along which axis do the parts lie side by side?",
        code=r"\.(chunk|split|tensor_split)\(\s*[\w.]+\s*\)",
    ),
    Pattern(
        ("ValueError",),
        r"not enough values to unpack|too many values to unpack",
        "the number of names on the left differs from the number of values on the right: how many there are is fixed "
        "in the code",
        "print the value on the right before this line: how many parts does it have?",
    ),
    Pattern(
        ("StopIteration",),
        r"",
        "`next()` was called on an iterator that has nothing left",
        "make a fresh iterator, and take only what you need",
    ),
    Pattern(
        ("FileNotFoundError",),
        r"",
        "the path is fixed in the code instead of the one that was passed in",
        "use the argument",
    ),
    Pattern(
        ("RecursionError",),
        r"",
        "the function calls itself without end: `forward` that calls `self(x)`, or a property that reads itself",
        "look for the call that leads back to where it started",
    ),
    Pattern(
        ("SystemExit", "KeyboardInterrupt"),
        r"",
        "the code ended or interrupted Python instead of returning",
        "remove the exit, or run the check again and let it finish",
    ),
    Pattern(
        ("MemoryError", "OutOfMemoryError"),
        r"",
        "the code asks for more memory than there is: often a broadcast of two long vectors against each other",
        "print the shapes before this line",
    ),
    Pattern(
        ("TimeoutError",),
        r"did not answer in time",
        "a loop without an end, or far more work than the exercise asks for",
        "look at what must change for each loop to end",
    ),
    Pattern(
        ("ModuleNotFoundError", "ImportError"),
        r"",
        "the name after `import` is misspelled, or is no part of what the course installs",
        "the imports of the first code cell are enough for every exercise",
    ),
    Pattern(
        ("Exception",),
        r"",
        "your own `raise` was reached in a case that is allowed: its condition holds too often",
        "put the values of this call into the condition, and see why it holds",
        code=r"^raise\b",
    ),
    Pattern(("ZeroDivisionError",), r"", "a division by zero: a count that is still 0", "print the divisor"),
)


#: what an error of a kind means when no pattern knows its message
KINDS: tuple[tuple[str, str], ...] = (
    ("TypeError", "an operation or function got a value of a type it does not take, or too many or too few of them"),
    ("ValueError", "the type is right, but this value is not allowed here"),
    ("AssertionError", "the condition of an `assert` does not hold for the values of this call"),
    ("AttributeError", "the object before the dot is not of the type that it is taken for"),
    ("LookupError", "a place or key is asked for that is not there"),
    ("ArithmeticError", "a number outside of what can be computed: too large, or a division by zero"),
    ("OSError", "a file or folder cannot be opened, read or written"),
    ("NotImplementedError", "a part is still open, or an operation does not exist for values of this kind"),
    ("RuntimeError", "PyTorch refused the operation: mostly because of the shapes or dtypes of its tensors"),
)


def explain(error: Raised) -> Finding:
    """The finding for an exception that the student's code raised where it should not."""
    cause, next_step = "", "run the same call in a new cell to see the whole traceback"
    for pattern in PATTERNS:
        if (
            error.is_a(*pattern.types)
            and re.search(pattern.message, error.message)
            and re.search(pattern.code, error.code)
        ):
            cause, next_step = pattern.cause, pattern.next_step
            break
    cause = cause or next((text for kind, text in KINDS if error.is_a(kind)), "")
    cause = cause or f"the code stopped with {error.type} on a call that the exercise allows"
    where = ""
    if error.line is not None:
        inside = f" of `{error.function}`" if error.function and not error.function.startswith("<") else ""
        code = f": `{error.code}`" if error.code else ""
        where = f"line {error.line}{inside}{code}"
    message = error.message.strip().splitlines()
    shown = f"{error.type}: {' '.join(message[:3])}" if message else error.type
    return Finding(
        f"{error.did} raised {error.type}.",
        expected="no error",
        actual=shown[:600],
        where=where,
        cause=cause,
        next_step=next_step,
    )
