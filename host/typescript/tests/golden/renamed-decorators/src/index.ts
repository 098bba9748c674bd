import { object as type, func as fn, Container as Box } from "@dagger.io/dagger"

@type()
export class Ci {
  @fn()
  base(box: Box): Box {
    return box
  }
}
