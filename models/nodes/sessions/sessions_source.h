#pragma once
// Where the sessions page's values come from and its wishes go. SessionsFeed answers with the engine in this process; tests answer with
// values. Answers come later, on the ui thread.

#include "models/nodes/sessions/session_row.h"
#include "models/table/list_view_model.h"

namespace fb {

class SessionsSource : public ListSource<SessionRow>
{
public:
    virtual void terminate(const QString &id, std::function<void(const ShownError &problem)> done) = 0;
    // The recording as asciinema v2. Reading it is audited.
    virtual void recording(const QString &id,
                           std::function<void(const ShownError &problem, const QByteArray &cast)> done)
        = 0;
};

using SessionsViewModel = ValueListViewModel<SessionRow, SessionsSource>;

}
