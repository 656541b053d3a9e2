#include "ui/widgets/no_match.h"

#include "models/table/live_table_model.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QVBoxLayout>

namespace fb {

NoMatch::NoMatch(const QString &name, FilterLine &filter, const LiveTableModel &model, DataTable &table)
    : QWidget(&table),
      m_table(table)
{
    const Metrics &m = themeOf(this).metrics();
    auto *clear = makeButton(name + QStringLiteral("ClearFilters"), tr("Clear filters"), Icon::Close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.cellPadding(), m.step(4), m.pageMargin(), m.step(4));
    column->setSpacing(m.step(3));
    column->addWidget(new TextLabel(tr("Nothing here matches the filter."), TextRole::Body, Token::Text2));
    column->addWidget(clear, 0, Qt::AlignLeft);
    connect(clear, &QPushButton::clicked, &filter, &FilterLine::clear);
    table.viewport()->installEventFilter(this);
    const auto update = [this, &model] {
        setVisible(model.totalRows() > 0 && model.rowCount() == 0);
        place();
    };
    connect(&model, &LiveTableModel::shownChanged, this, update);
    connect(&model, &LiveTableModel::queryChanged, this, update);
    update();
}

void NoMatch::place()
{
    const QSize needed = sizeHint();
    setGeometry(QRect(m_table.viewport()->pos(), needed).intersected(m_table.viewport()->geometry()));
    raise();
}

bool NoMatch::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move)
        place();
    return QWidget::eventFilter(watched, event);
}

}
