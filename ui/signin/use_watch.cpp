#include "ui/signin/use_watch.h"

#include <QCoreApplication>
#include <QEvent>

namespace fb {

UseWatch::UseWatch(QObject *parent) : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool UseWatch::eventFilter(QObject *, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
    case QEvent::TabletPress:
    case QEvent::InputMethod:
        if (event->spontaneous() || event->type() == QEvent::KeyPress)
            emit used();
        break;
    default:
        break;
    }
    return false;
}

}
