#include "ui/shell/field_help.h"

#include "models/table/plain_tool_tip.h"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QTextDocumentFragment>
#include <QWhatsThis>

namespace fb {

namespace {
    QString nameOf(const QWidget &widget)
    {
        if (!widget.accessibleName().isEmpty())
            return widget.accessibleName();
        const auto *button = qobject_cast<const QAbstractButton *>(&widget);
        return button ? button->text().remove(u'&') : QString();
    }
}

QString fieldHelp(const QWidget *widget)
{
    if (!widget)
        return {};
    QStringList lines {nameOf(*widget)};
    lines << widget->whatsThis() << widget->accessibleDescription()
          << QTextDocumentFragment::fromHtml(widget->toolTip()).toPlainText();
    for (const QWidget *parent = widget->parentWidget(); parent && lines.size() < 8;
         parent = parent->parentWidget())
        lines << parent->whatsThis();
    lines.removeAll(QString());
    lines.removeDuplicates();
    return lines.join(u'\n');
}

void showFieldHelp(QWidget *widget)
{
    const QString text = fieldHelp(widget);
    if (!text.isEmpty())
        QWhatsThis::showText(widget->mapToGlobal(QPoint(0, widget->height())), plainToolTip(text), widget);
}

}
