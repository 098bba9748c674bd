"""Functions that need no container: what they cost is what calling a module costs."""

from typing import Annotated

from dagger import Doc, field, function, object_type


@object_type
class Statistics:
    """Figures about a list of numbers."""

    count: Annotated[int, Doc("How many numbers there are")] = field()
    total: Annotated[float, Doc("Their sum")] = field()
    mean: Annotated[float, Doc("Their arithmetic mean")] = field()


@object_type
class Hello:
    """Greetings and small sums, computed in the module itself."""

    @function
    def hello(self, name: Annotated[str, Doc("Whom to greet")] = "world") -> str:
        """Greet someone."""
        return f"Hello, {name}!"

    @function
    def shout(self, text: Annotated[str, Doc("What to shout")], times: Annotated[int, Doc("How often")] = 1) -> str:
        """Repeat a text in capitals."""
        if times < 1:
            raise ValueError(f"times must be at least 1: {times}")
        return " ".join([f"{text.upper()}!"] * times)

    @function
    def words(self, text: Annotated[str, Doc("The text to split")]) -> list[str]:
        """Split a text at its white space."""
        return text.split()

    @function
    def add(self, a: Annotated[int, Doc("First number")], b: Annotated[int, Doc("Second number")]) -> int:
        """Add two numbers."""
        return a + b

    @function
    def statistics(self, numbers: Annotated[list[float], Doc("The numbers, at least one")]) -> Statistics:
        """Describe a list of numbers."""
        if not numbers:
            raise ValueError("there is no mean of no numbers")
        total = sum(numbers)
        return Statistics(count=len(numbers), total=total, mean=total / len(numbers))
