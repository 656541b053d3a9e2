#pragma once
// Where the sessions page's values come from and its wishes go. SessionsFeed answers with the engine in this process; tests answer with
// values. Answers come later, on the ui thread.

#include "models/nodes/sessions/session_row.h"
#include "models/table/list_view_model.h"

namespace fb {

// A recording with the session it is of. The engine has checked the text against the hash chain, block by block.
struct SessionRecord {
    SessionRow session;
    QByteArray cast; // asciinema v2
};

inline constexpr QStringView kHashField = u"RecordingHash"; // of a problem: the recording was altered or cut

// Of one that was altered only what stands before the damage has its proof.
enum class RecordingExtent { Whole, ProvenPart };

class SessionsSource : public ListSource<SessionRow>
{
public:
    virtual void terminate(const QString &id, std::function<void(const ShownError &problem)> done) = 0;
    // A place in the recording of one that runs, worth finding again: 1 to 256 printable characters.
    virtual void mark(const QString &id, const QString &label,
                      std::function<void(const ShownError &problem)> done)
        = 0;
    // Of a session that runs: as far as it has come. Reading it is audited. With a problem, too, the session comes as far as it is known.
    virtual void recording(const QString &id, RecordingExtent extent,
                           std::function<void(const ShownError &problem, const SessionRecord &record)> done)
        = 0;
};

using SessionsViewModel = ValueListViewModel<SessionRow, SessionsSource>;

}
