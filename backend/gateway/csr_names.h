#pragma once
// The node ids that a certificate request claims in its subject and its URI names, so that the gateway sees a node ask for another's
// name (T05). Everything else about the request is judged where it is signed. Any thread.

#include <string>
#include <string_view>
#include <vector>

namespace fb {

std::vector<std::string>
nodesNamedInCsr(std::string_view csrDer); // "mi-..."; empty also for what is no request

}
