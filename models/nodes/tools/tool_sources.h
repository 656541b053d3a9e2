#pragma once
// The sources of a node's live tools, together. Borrowed; ui thread.

namespace fb {

class ProcessSource;

struct ToolSources {
    ProcessSource &processes;
};

}
