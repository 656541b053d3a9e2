#include "tests/gui/page_walker.h"

#include "ui/widgets/table_header.h"
#include "ui/widgets/text_label.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAction>
#include <QLabel>
#include <QMap>
#include <QMenu>
#include <QSet>
#include <QTabBar>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    QString nameOf(const QWidget *widget)
    {
        return u"%1 %2"_s.arg(QLatin1StringView(widget->metaObject()->className()), widget->objectName());
    }

}

bool isQtsOwn(const QWidget *widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget->parentWidget());
    return widget->objectName().startsWith(u"qt_") || widget->focusProxy()
        || (area && area->viewport() == widget);
}

QStringList withoutName(const QWidget &window)
{
    QStringList found;
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || isQtsOwn(widget))
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (widget->accessibleName().isEmpty() && !(button && !button->text().isEmpty()))
            found << nameOf(widget);
    }
    return found;
}

QStringList iconsWithoutToolTip(const QWidget &window)
{
    QStringList found;
    const QList<QToolButton *> buttons = window.findChildren<QToolButton *>();
    for (const QToolButton *button : buttons) {
        if (button->isVisible() && button->text().isEmpty() && !button->icon().isNull()
            && button->toolTip().isEmpty() && !isQtsOwn(button) && button->focusPolicy() != Qt::NoFocus)
            found << nameOf(button);
    }
    return found;
}

QStringList sameMnemonics(const QWidget &window)
{
    QMap<QString, QStringList> meant;
    const auto note = [&meant](const QString &text) {
        if (const QKeySequence keys = QKeySequence::mnemonic(text); !keys.isEmpty())
            meant[keys.toString()] << text;
    };
    const QList<QWidget *> widgets = window.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible())
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            note(button->text());
        if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->buddy())
            note(label->text());
        if (const auto *bar = qobject_cast<const QTabBar *>(widget)) {
            for (int tab = 0; tab < bar->count(); ++tab)
                note(bar->tabText(tab));
        }
    }
    QStringList same;
    const QList<QAction *> actions = window.actions(); // their keys are at work everywhere in it
    for (const QAction *action : actions) {
        const QString keys = action->shortcut().toString();
        if (meant.contains(keys))
            meant[keys] << action->text();
    }
    for (auto each = meant.constBegin(); each != meant.constEnd(); ++each) {
        if (each->size() > 1)
            same << u"%1: %2"_s.arg(each.key(), each->join(u", "_s));
    }
    const QList<QMenu *> menus = window.findChildren<QMenu *>(); // each is a window of its own
    for (const QMenu *menu : menus) {
        QSet<QKeySequence> letters;
        const QList<QAction *> entries = menu->actions();
        for (const QAction *entry : entries) {
            const QKeySequence keys = QKeySequence::mnemonic(entry->text());
            if (!keys.isEmpty() && letters.contains(keys))
                same << u"%1 in a menu: %2"_s.arg(keys.toString(), entry->text());
            letters.insert(keys);
        }
    }
    return same;
}

QStringList cutOff(const QWidget &window)
{
    QStringList found;
    const auto check = [&found](const QWidget *widget, const QString &text, int room) {
        const int needed = widget->fontMetrics().horizontalAdvance(text);
        if (needed > room)
            found << u"%1 \"%2\": %3 of %4 px"_s.arg(nameOf(widget), text).arg(room).arg(needed);
    };
    const QList<QAbstractButton *> buttons = window.findChildren<QAbstractButton *>();
    for (const QAbstractButton *button : buttons) {
        // A tile's text is its accessible name.
        if (!button->isVisible() || button->text().isEmpty() || button->objectName().startsWith(u"tile-"))
            continue;
        QString text = button->text();
        text.remove(u'&');
        check(button, text, button->width());
    }
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        // Those that elide say the whole in a tooltip; those that wrap grow.
        const auto *own = qobject_cast<const TextLabel *>(label);
        const bool elides = own && own->isElided();
        if (label->isVisible() && !label->wordWrap() && !elides && label->pixmap().isNull()
            && !label->text().isEmpty() && !label->text().contains(u'\n'))
            check(label, label->text(), label->width() + 1);
    }
    const QList<TableHeader *> headers = window.findChildren<TableHeader *>();
    for (const TableHeader *header : headers) {
        for (int section = 0; header->isVisible() && section < header->count(); ++section) {
            if (!header->isSectionHidden(section)
                && header->sectionSize(section) < header->neededWidth(section))
                found << u"%1 \"%2\": %3 of %4 px"_s
                             .arg(nameOf(header->parentWidget()),
                                  header->model()->headerData(section, Qt::Horizontal).toString())
                             .arg(header->sectionSize(section))
                             .arg(header->neededWidth(section));
        }
    }
    return found;
}

}
