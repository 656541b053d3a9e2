#pragma once
// The history of addresses: back, forward, where we are. An address may carry a view after "?" (view_state.h). Ui thread.

#include <QObject>
#include <QStringList>

namespace fb {

class Navigator : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void go(const QString &address); // to the page that is open already, when it names no other view: nowhere
    void replaceView(
        const QString &view); // of the current address, also by nothing ("fleet?"); no step of its own
    void back();
    void forward();
    struct Steps { // of one window, for the one that takes its place
        QStringList addresses;
        qsizetype at = -1;
    };
    Steps steps() const { return {m_addresses, m_at}; }
    void resume(const Steps &steps);
    bool canBack() const { return m_at > 0; }
    bool canForward() const { return m_at + 1 < m_addresses.size(); }
    QString current() const { return m_addresses.value(m_at); }
    static QString pageOf(const QString &address) { return address.section(u'?', 0, 0); }
    static QString viewOf(const QString &address) { return address.section(u'?', 1); }

signals:
    void currentChanged(const QString &address);

private:
    static constexpr qsizetype kKept = 100;

    QStringList m_addresses;
    qsizetype m_at = -1;
};

}
