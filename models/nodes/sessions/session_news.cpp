#include "models/nodes/sessions/session_news.h"

#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString newsShown(const QString &text) { return toQString(withVisibleEscapes(toStd(text))); }
}

SessionNews sessionNewsOf(const Session &session, const std::optional<SessionTimes> &times)
{
    SessionNews news;
    news.id = toQString(session.sessionId);
    news.status = enumName(session.status);
    news.details = newsShown(session.details);
    news.owner = session.operatorName;
    news.document = session.documentName;
    news.reason = newsShown(session.reason);
    news.runAs = newsShown(session.runAs);
    news.recorded = session.recorded;
    news.started = session.startDate;
    news.bytesIn = session.bytesIn;
    news.bytesOut = session.bytesOut;
    news.watchedBy = session.watchedBy.join(u", "_s);
    if (times) {
        news.idleLimit = times->idleLimit;
        news.longest = times->longest;
        news.sinceInput = times->sinceInput;
    }
    return news;
}

}
