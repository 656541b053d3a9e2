#pragma once
// One session as a pane of the desk holds it: its state, its facts, its bytes. It outlives the session: an ended one can be opened again in
// place. Ui thread.

#include "models/nodes/sessions/session_links_source.h"
#include "models/table/state_kind.h"

#include <QCoreApplication>
#include <QObject>

#include <optional>

namespace fb {

class SessionLink : public QObject, private SessionLinkListener
{
    Q_OBJECT
public:
    enum class State {
        Left, // of a console before this one: resume() goes on with it
        Connecting,
        Connected,
        Disconnected, // by itself it comes back; one that was taken over waits for resume()
        Ended, // also: never began
    };

    SessionLink(SessionLinksSource &source, const SessionWish &wish, QObject *parent = nullptr);
    ~SessionLink() override; // the session lives on

    void start();
    void setLeft(const QString &id); // in place of start()
    void resume(); // of one that was left or taken over
    void reopen(); // a new session of the same wish, in place of an ended one
    void end(std::function<void(const ShownError &problem)> done);
    void setEnded(const QString &cause); // of one that was left: it has ended meanwhile

    void type(const QByteArray &bytes);
    void consumed(qint64 bytes); // of what has arrived: more may come
    void resize(int columns, int rows);

    State state() const { return m_state; }
    bool isLive() const { return m_state != State::Ended; } // ending it loses something
    bool canResume() const
    {
        return m_state == State::Left || (m_state == State::Disconnected && m_takenOver);
    }
    QString cause() const; // why it is disconnected or has ended, for the operator
    const ShownError &refusal() const { return m_refusal; } // of the last start or resume; empty: none
    QString id() const { return m_news.id; } // empty: not started yet
    const SessionWish &wish() const { return m_wish; }
    const SessionNews &news() const { return m_news; }
    QString user() const; // whom it runs as, in a word; empty: not known
    // Until the node ends it for want of input; nothing: no limit, or not running.
    std::optional<std::chrono::seconds> idleLeft() const;
    std::optional<Instant> endsAt() const; // the longest it may last
    std::optional<std::chrono::seconds> longestLeft() const; // until then

    static QString word(State state);
    static StateKind kind(State state);

signals:
    void changed();
    void outputArrived(const QByteArray &bytes);
    void began(); // a session of its own, after start(), resume() or reopen()

private:
    void linkChanged(const SessionNews &news) override;
    void linkOutput(const QByteArray &bytes) override;
    void linkTakenOver() override;
    void linkRefused(const ShownError &problem) override;
    void setState(State state);

    SessionLinksSource &m_source;
    SessionWish m_wish;
    SessionNews m_news;
    State m_state = State::Left;
    QString m_cause; // the console's own; else of the news
    ShownError m_refusal;
    bool m_takenOver = false;
    Tick m_lastInput {};
    int m_columns = 80;
    int m_rows = 24;
};

}
