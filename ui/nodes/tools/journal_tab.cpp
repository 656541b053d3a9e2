#include "ui/nodes/tools/journal_tab.h"

#include "models/nodes/tools/file_source.h"
#include "models/table/visible_text.h"
#include "ui/nodes/tools/file_pane.h"
#include "ui/nodes/tools/journal_view.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

JournalTab::JournalTab(JournalSource &source, FileSource &files, const QString &nodeId, QWidget *parent)
    : QWidget(parent),
      m_model(source),
      m_files([](const LogFileRow &row) { return row.id(); }, LogFileColumns::all()),
      m_view(nullptr),
      m_fileTable(new DataTable(u"logFileTable"_s)),
      m_fileBar(new TableBar(u"logFiles"_s, m_files, *m_fileTable)),
      m_pane(new FilePane(files, nodeId)),
      m_why(new TextLabel(TextRole::Body, Token::Text2)),
      m_stack(new QStackedLayout(this))
{
    setObjectName(u"journalTab"_s);
    m_model.setNodes({{nodeId, nodeId}});
    m_view = new JournalView(m_model, false, this);
    m_stack->addWidget(m_view);
    m_stack->addWidget(makeFiles());
    connect(&m_model, &JournalViewModel::changed, this, &JournalTab::update);
    update();
}

QWidget *JournalTab::makeFiles()
{
    using Column = LogFileColumns::Column;
    const Metrics &m = themeOf(this).metrics();
    m_fileTable->setAccessibleName(tr("Log files of this node"));
    m_fileTable->setUp(&m_files,
                       {{Column::Path, CellKind::Name, 12, true},
                        {Column::Size, CellKind::Number, 6},
                        {Column::Modified, CellKind::Number, 7}},
                       false);
    m_fileTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_fileTable->horizontalHeader()->setSortIndicator(Column::Path, Qt::AscendingOrder);
    m_fileBar->filter().setPlaceholder(tr("Filter: type a part of a name"));
    m_why->setObjectName(u"journalWhy"_s);
    m_why->setWordWrap(true);
    new NoMatch(u"logFiles"_s, m_fileBar->filter(), m_files, *m_fileTable);
    auto *again = makeButton(u"logFilesAgain"_s, tr("Read again"), Icon::Again);
    m_fileBar->addTool(again);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(3));
    upper->setSpacing(m.step(2));
    upper->addWidget(m_why);
    upper->addWidget(m_fileBar);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_fileTable);
    splitter->addWidget(m_pane);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    auto *files = new QWidget;
    auto *column = new QVBoxLayout(files);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(upper);
    column->addWidget(splitter, 1);
    m_pane->hide();
    connect(again, &QPushButton::clicked, &m_model, &JournalViewModel::readAgain);
    connect(m_fileTable, &DataTable::opened, this, &JournalTab::openFile);
    connect(m_pane, &FilePane::closeClicked, m_pane, &QWidget::hide);
    connect(&m_fileBar->filter(), &FilterLine::queryChanged, &m_files, &LiveTableModel::setQuery);
    connect(&m_files, &LiveTableModel::shownChanged, this,
            [this] { m_fileBar->filter().setCounts(m_files.rowCount(), m_files.totalRows()); });
    return files;
}

void JournalTab::update()
{
    const JournalViewModel::Node &node = m_model.node(0);
    const bool hasNone = node.state == JournalViewModel::State::NoJournal;
    m_stack->setCurrentIndex(hasNone ? 1 : 0);
    if (!hasNone)
        return;
    QString text = tr("This node has no journal that the agent can read: %1")
                       .arg(node.place.why.isEmpty() ? tr("it is empty.") : visibleText(node.place.why));
    text += u'\n'
        + (node.place.files.isEmpty() ? tr("There are no files below /var/log either.")
               : node.place.isCut     ? tr("These are files below /var/log; there are more than are shown.")
                                      : tr("These are the files below /var/log."));
    m_why->setText(text);
    m_files.setNow(m_model.now());
    m_files.apply(node.place.files);
    m_fileBar->filter().setCounts(m_files.rowCount(), m_files.totalRows());
}

void JournalTab::openFile(const QString &id)
{
    const LogFileRow *row = m_files.value(id);
    if (!row)
        return;
    m_pane->show();
    m_pane->showLog(row->path);
}

void JournalTab::focusFilter()
{
    if (m_stack->currentIndex() == 1)
        m_fileBar->filter().setFocus();
    else
        m_view->focusFilter();
}

}
