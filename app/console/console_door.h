#pragma once
// One console for each data folder. Who starts a second one knocks at the first: it comes to the front and opens the address that was given. The
// socket and its lock lie in the data folder and are this user's alone; what comes in is small, checked and answered once. Main thread.

#include <QLocalServer>
#include <QString>

#include <functional>

class QLocalSocket;

namespace fb {

class ConsoleDoor : public QObject
{
    Q_OBJECT
public:
    explicit ConsoleDoor(const QString &dataDir, QObject *parent = nullptr);
    ~ConsoleDoor() override;

    enum class Knock {
        First, // no other console is there: this one is at home now
        Answered,
        Refused, // by the other console: `words` tell why
        Silent, // the other one does not answer
        NoFolder // which cannot be used: `words` tell why
    };
    struct Answer {
        Knock knock = Knock::First;
        QString words;
    };
    struct Visit {
        QString link; // flagbridge://...; empty: to the front only
        QString token; // of the desktop, which lets a window come to the front for it
    };
    Answer knock(const Visit &visit); // waits for an answer, at most 5 s
    // `open` says why it refuses; empty: done. Before this, visitors wait.
    void answerWith(std::function<QString(const Visit &)> open);

private:
    void takeVisitors();
    void serve(QLocalSocket *visitor);
    Answer ask(const Visit &visit) const;

    QString m_dataDir;
    int m_lock = -1;
    QLocalServer m_server;
    std::function<QString(const Visit &)> m_open;
};

}
