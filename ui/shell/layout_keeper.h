#pragma once
// Keeps what a person moved on a page: splitters and table columns, by page and part (ux.md 1). What no longer fits is left out. After a reset
// pages have to be made anew. Ui thread.

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

namespace fb {

class ConsoleSettings;

class LayoutKeeper : public QObject
{
    Q_OBJECT
public:
    LayoutKeeper(ConsoleSettings &settings, QObject *parent);

    void take(const QString &pageName, QWidget *page); // as it was left; from now on kept
    void keepNow(); // what waits to be written

private:
    struct Part {
        QPointer<QWidget> widget;
        std::function<QByteArray()> save;
    };
    void takePart(const QString &name, const std::function<void(const QByteArray &)> &restore);
    void touched(const QString &name, const Part &part);

    ConsoleSettings &m_settings;
    QHash<QString, Part> m_touched;
    QTimer m_soon;
    bool m_restoring = false;
};

}
