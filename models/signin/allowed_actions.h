#pragma once
// What the operator at this console may not do, and why, in the language that is spoken: the one place that buttons, menus and commands
// ask (ux.md 1). Ui thread.

#include "models/signin/sign_in_source.h"

#include <QCoreApplication>

namespace fb {

class AllowedActions : public QObject
{
    Q_OBJECT
public:
    explicit AllowedActions(QObject *parent = nullptr) : QObject(parent) { }

    void setForbidden(const QHash<QString, ForbiddenAction> &forbidden);
    // `action`: "ssm:SendCommand". Empty: allowed, or not known yet.
    QString whyNot(const QString &action) const;

    static QString roleWord(const QString &role); // as people say it

signals:
    void changed();

private:
    QHash<QString, ForbiddenAction> m_forbidden;
};

}
