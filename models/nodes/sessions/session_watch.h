#pragma once
// A session of somebody else, as it is looked at: its facts, and its screen in a terminal that nobody types into (spec/session-manager.md 3.9). Ui
// thread.

#include "models/nodes/sessions/session_links_source.h"
#include "models/terminal/terminal_model.h"

namespace fb {

class SessionWatch : public QObject, private SessionLinkListener
{
    Q_OBJECT
public:
    enum class State { Opening, Watching, Ended, Refused };

    SessionWatch(SessionLinksSource &source, TerminalModel &terminal, const QString &id,
                 QObject *parent = nullptr);
    ~SessionWatch() override;

    void start(); // again, after it was refused
    State state() const { return m_state; }
    const SessionNews &news() const { return m_news; } // empty before the first
    const ShownError &refusal() const { return m_refusal; }
    const QString &id() const { return m_id; }

signals:
    void changed();
    void sizeChanged(int columns, int rows);

private:
    void linkChanged(const SessionNews &news) override;
    void linkOutput(const QByteArray &bytes) override;
    void linkTakenOver() override { }
    void linkRefused(const ShownError &problem) override;
    void linkResized(int columns, int rows) override;

    SessionLinksSource &m_source;
    TerminalModel &m_terminal;
    const QString m_id;
    State m_state = State::Opening;
    SessionNews m_news;
    ShownError m_refusal;
};

}
