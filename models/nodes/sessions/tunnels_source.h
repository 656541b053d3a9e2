#pragma once
// Where the tunnels page's values come from and its wishes go. TunnelsFeed answers with the engine in this process; tests answer with values.
// Answers come later, on the ui thread.

#include "models/nodes/sessions/tunnel_row.h"
#include "models/table/list_view_model.h"

namespace fb {

class TunnelsSource : public ListSource<TunnelRow>
{
public:
    // A problem with field "localPortNumber" is of the port on this machine: `freePort` is one that can be had instead.
    virtual void open(const TunnelWish &wish,
                      std::function<void(const ShownError &problem, int freePort)> done)
        = 0;
    // And does not keep it any longer.
    virtual void close(const QString &id, std::function<void(const ShownError &problem)> done) = 0;
    // Who gives the remote desktop at the end of this session so much more time. A problem: it is not to be given.
    virtual void noteRenewal(const QString &sessionId, std::chrono::minutes time,
                             std::function<void(const ShownError &problem)> done)
        = 0;
};

using TunnelsViewModel = ValueListViewModel<TunnelRow, TunnelsSource>;

}
