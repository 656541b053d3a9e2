#pragma once
// The history of addresses: back, forward, where we are. Ui thread.

#include <QObject>
#include <QStringList>

namespace fb {

class Navigator : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void go(const QString &address);
    void back();
    void forward();
    bool canBack() const { return m_at > 0; }
    bool canForward() const { return m_at + 1 < m_addresses.size(); }
    QString current() const { return m_addresses.value(m_at); }

signals:
    void currentChanged(const QString &address);

private:
    static constexpr qsizetype kKept = 100;

    QStringList m_addresses;
    qsizetype m_at = -1;
};

}
