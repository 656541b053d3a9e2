#pragma once
// Addresses and networks, one a line as operators edit them, and parted by commas as the setting holds them. Ui thread.

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace fb {

class NetworkLines
{
    Q_DECLARE_TR_FUNCTIONS(fb::NetworkLines)
public:
    static constexpr int kMost = 100; // as many as an agent takes

    struct Wrong {
        int line = 0; // from 1
        QString why; // names the line and what stands there
        bool operator==(const Wrong &) const = default;
    };

    static QString ofSetting(const QString &value);
    static QString toSetting(const QString &lines); // "$None" where there is none
    static QList<Wrong> wrong(const QString &lines); // in order
};

}
