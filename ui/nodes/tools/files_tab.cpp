#include "ui/nodes/tools/files_tab.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/tools/conflict_sheet.h"
#include "ui/nodes/tools/file_pane.h"
#include "ui/nodes/tools/name_sheet.h"
#include "ui/nodes/tools/permissions_sheet.h"
#include "ui/nodes/tools/transfer_strip.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/greyed_effect.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    enum Part { Waiting, Empty, List };

    QList<ColumnSpec> fileColumns()
    {
        using Column = FileColumns::Column;
        return {{Column::Name, CellKind::Name, 9, true},
                {Column::Size, CellKind::Number, 5.5},
                {Column::Modified, CellKind::Number, 6},
                {Column::User, CellKind::Text, 5},
                {Column::Mode, CellKind::Id, 6.5},
                {Column::Group, CellKind::Text, 6, false, false},
                {Column::Type, CellKind::Text, 6, false, false}};
    }

    FileSort sortOf(int column)
    {
        return column == FileColumns::Size    ? FileSort::Size
            : column == FileColumns::Modified ? FileSort::Modified
            : column == FileColumns::Type     ? FileSort::Type
                                              : FileSort::Name;
    }
}

FilesTab::FilesTab(FileSource &source, TransferSource &transfers, const QString &nodeId, QWidget *parent)
    : QWidget(parent),
      m_model(source, nodeId),
      m_transfers(transfers),
      m_nodeName(nodeId),
      m_banner(new Banner),
      m_path(new QLineEdit),
      m_up(makeIconButton(u"filesUp"_s, Icon::FolderAbove, tr("The folder above (Alt+Up)"))),
      m_refresh(makeIconButton(u"filesRefresh"_s, Icon::Again, tr("Refresh (F5)"))),
      m_table(new DataTable(u"fileTable"_s)),
      m_bar(new TableBar(u"files"_s, m_model.table(), *m_table)),
      m_actions(makeButton(u"fileActions"_s, tr("Actions"))),
      m_upload(makeButton(u"fileUpload"_s, tr("Upload"), Icon::Upload)),
      m_pane(new FilePane(source, nodeId)),
      m_strip(new TransferStrip(transfers, nodeId)),
      m_status(new TextLabel(TextRole::Body, Token::Text2)),
      m_more(makeButton(u"filesMore"_s, tr("Show more"))),
      m_cancel(makeButton(u"filesCancel"_s, tr("Cancel"), Icon::Stop)),
      m_empty(new TextLabel(TextRole::Body, Token::Text2)),
      m_greyed(new GreyedEffect(this))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"filesTab"_s);
    setAcceptDrops(true);
    m_banner->setObjectName(u"filesBanner"_s);
    m_table->setAccessibleName(tr("Files of this node"));
    m_table->setUp(&m_model.table(), fileColumns(), true);
    m_table->horizontalHeader()->setSortIndicator(FileColumns::Name, Qt::AscendingOrder);
    m_table->setGraphicsEffect(m_greyed);
    m_bar->filter().setPlaceholder(tr("Filter: type a word, or user=root"));
    m_status->setObjectName(u"filesStatus"_s);
    m_empty->setObjectName(u"filesEmpty"_s);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_empty->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    markChange(m_upload, "flagbridge:ChangeNodeWithTools");

    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), 0);
    upper->setSpacing(m.step(2));
    upper->addWidget(m_banner);
    upper->addWidget(makePathLine());
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    m_stack = new QStackedLayout;
    all->addLayout(m_stack, 1); // before its parts, which it shows: without a parent they would be windows
    m_stack->addWidget(new WaitingNote(tr("Reading the folder...")));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(makeList());
    all->addWidget(m_strip);

    auto *menu = new QMenu(m_actions);
    m_actions->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillMenu(menu);
    });
    connect(m_table, &DataTable::menuWanted, this, &FilesTab::fillMenu);
    connect(m_table, &DataTable::opened, this, &FilesTab::openRow);
    connect(m_table, &DataTable::deleteRequested, this, &FilesTab::askDelete);
    connect(m_table, &DataTable::renameRequested, this, [this] { askName(FileDeed::Kind::Rename); });
    connect(m_table, &DataTable::selectedIdsChanged, this, &FilesTab::updateActions);
    connect(m_table, &DataTable::currentIdChanged, this, &FilesTab::updateActions);
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) {
                // Ages go the other way than the moments that the node sorts by.
                const bool isAge = column == FileColumns::Modified;
                m_model.setOrder(sortOf(column), (order == Qt::DescendingOrder) != isAge);
            });
    connect(m_upload, &QPushButton::clicked, this, &FilesTab::chooseUpload);
    connect(m_more, &QPushButton::clicked, this, [this] { m_model.readMore(); });
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_model.cancelWork(); });
    connect(m_pane, &FilePane::closeClicked, m_pane, &QWidget::hide);
    connect(m_pane, &FilePane::saved, this, [this] { m_model.refresh(); });
    connect(m_strip, &TransferStrip::arrived, this, [this] { m_model.refresh(); });
    connect(m_banner, &Banner::actionClicked, this, [this] { m_model.refresh(); });
    connect(&m_bar->filter(), &FilterLine::queryChanged, &m_model.table(), &LiveTableModel::setQuery);
    connect(&m_model.table(), &LiveTableModel::shownChanged, this, &FilesTab::update);
    connect(&m_model, &FilesViewModel::changed, this, &FilesTab::update);
    connect(&m_model, &FilesViewModel::workChanged, this, &FilesTab::update);
    connect(&m_model, &FilesViewModel::done, this, &FilesTab::showDone);
    connect(&m_model, &FilesViewModel::refused, this, &FilesTab::showRefused);
    connect(&m_model, &FilesViewModel::workEnded, this, &FilesTab::showWorkEnd);
    connect(&m_model, &FilesViewModel::questionAsked, this, [this](const QByteArray &path) {
        auto *sheet = new ConflictSheet(path, window());
        connect(sheet, &ConflictSheet::chosen, &m_model, &FilesViewModel::answer);
        sheet->open();
    });
    m_pane->hide();
    update();
}

QWidget *FilesTab::makePathLine()
{
    const Metrics &m = themeOf(this).metrics();
    m_path->setObjectName(u"filesPath"_s);
    m_path->setAccessibleName(tr("Folder"));
    m_up->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Up));
    m_refresh->setShortcut(QKeySequence(Qt::Key_F5));
    m_up->setProperty("fbOutlined", true);
    m_refresh->setProperty("fbOutlined", true);
    connect(m_up, &QToolButton::clicked, this, [this] { m_model.openParent(); });
    connect(m_refresh, &QToolButton::clicked, this, [this] { m_model.refresh(); });
    connect(m_path, &QLineEdit::returnPressed, this, [this] {
        const QByteArray typed = filePath::typed(m_path->text().trimmed());
        m_model.open(typed.startsWith('/') ? typed : filePath::joined(m_model.folder(), typed));
    });
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(m.toolGap());
    row->addWidget(m_up);
    row->addWidget(m_path, 1);
    row->addWidget(m_refresh);
    return line;
}

QWidget *FilesTab::makeList()
{
    const Metrics &m = themeOf(this).metrics();
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(3));
    tools->addWidget(m_bar, 1);
    m_bar->addTool(m_actions);
    m_bar->addTool(m_upload);
    auto *splitter = new QSplitter(Qt::Horizontal);
    new NoMatch(u"files"_s, m_bar->filter(), m_model.table(), *m_table);
    splitter->addWidget(m_table);
    splitter->addWidget(m_pane);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(splitter, 1);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(makeFoot());
    return list;
}

QWidget *FilesTab::makeFoot()
{
    const Metrics &m = themeOf(this).metrics();
    auto *foot = new QWidget;
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(m.pageMargin(), m.step(1.5), m.pageMargin(), m.step(1.5));
    line->setSpacing(m.toolGap());
    m_status->setElided(Qt::ElideMiddle);
    line->addWidget(m_status, 1);
    line->addWidget(m_more);
    line->addWidget(m_cancel);
    return foot;
}

void FilesTab::focusFilter() { m_bar->filter().setFocus(); }

void FilesTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_model.state() != FilesViewModel::State::Live)
        m_model.refresh();
}

// ---- State ---------------------------------------------------------------------------------------------------------

void FilesTab::update()
{
    using State = FilesViewModel::State;
    const State state = m_model.state();
    const bool hasRows = toMicros(m_model.asOf()) > 0;
    m_stack->setCurrentIndex(hasRows ? List : state == State::Waiting ? Waiting : Empty);
    m_greyed->setEnabled(hasRows && isOffline());
    if (!m_path->hasFocus() || !m_path->isModified())
        m_path->setText(filePath::shown(m_model.folder()));
    const QString why = m_model.problem().words();
    if (state == State::Offline)
        m_empty->setText(
            tr("The node is not connected, so its files cannot be read. Refresh when it is back."));
    else if (state == State::Failed)
        m_empty->setText(tr("The folder could not be read: %1").arg(why));
    if (hasRows && state == State::Failed && !m_model.isReading())
        m_banner->showMessage(Tone::Failed, Icon::FieldError, tr("The folder could not be read."), why);
    const FileListing &listing = m_model.listing();
    QStringList facts;
    if (const FileWork *work = m_model.work()) {
        const FileWorkState &at = m_model.workState();
        const int items = static_cast<int>(at.items);
        facts << (work->kind == FileWork::Kind::Measure      ? tr("%n counted", nullptr, items)
                      : work->kind == FileWork::Kind::Delete ? tr("%n deleted", nullptr, items)
                      : work->kind == FileWork::Kind::Move   ? tr("%n moved", nullptr, items)
                                                             : tr("%n copied", nullptr, items))
              << FileColumns::sizeText(at.bytes);
        if (!at.current.isEmpty())
            facts << visibleText(at.current, 120);
    } else if (isOffline()) {
        facts << tr("Not connected. As of %1.").arg(RelativeTime::clock(m_model.asOf()));
    } else {
        facts << (m_model.hasMore() ? tr("The first %1 of %n entries", nullptr, listing.total)
                                          .arg(m_model.table().totalRows())
                                    : tr("%n entries", nullptr, listing.total));
        if (listing.hidden > 0)
            facts << tr("%n hidden", nullptr, listing.hidden);
        facts << tr("%1 free").arg(FileColumns::sizeText(listing.freeBytes));
    }
    m_status->setText(facts.join(u", "_s));
    m_more->setVisible(m_model.hasMore() && !m_model.isWorking());
    m_cancel->setVisible(m_model.isWorking());
    m_bar->filter().setCounts(m_model.table().rowCount(), m_model.table().totalRows());
    updateActions();
}

const FileRow *FilesTab::current() const { return m_model.file(m_table->currentId()); }

QList<QByteArray> FilesTab::chosenPaths() const
{
    QStringList ids = m_table->selectedIds();
    if (ids.isEmpty() && !m_table->currentId().isEmpty())
        ids << m_table->currentId();
    QList<QByteArray> paths;
    for (const QString &id : std::as_const(ids)) {
        if (const FileRow *row = m_model.file(id))
            paths << m_model.pathOf(*row);
    }
    return paths;
}

void FilesTab::updateActions()
{
    const QString why = isOffline() ? tr("The node is not connected.") : QString();
    for (QPushButton *button : {m_actions, m_upload}) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    }
    m_up->setEnabled(m_model.folder() != "/");
}

void FilesTab::fillMenu(QMenu *menu)
{
    const bool isShut = isOffline() || EditGate::isShut(*this);
    const FileRow *row = current();
    const qsizetype chosen = chosenPaths().size();
    const bool isFile = row && row->type != u'd' && !row->leadsToFolder;
    const auto add = [&](const QString &name, Icon icon, const QString &text, bool enabled, auto run) {
        QAction *action = menu->addAction(Theme::icon(icon), text);
        action->setObjectName(name);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    add(u"fileOpen"_s, Icon::Look, tr("Open"), row, [this] { openRow(m_table->currentId()); });
    add(u"fileDownload"_s, Icon::Export, tr("Download..."), row && row->isPlain(),
        [this] { chooseDownload(); });
    menu->addSeparator();
    add(u"fileNewFolder"_s, Icon::Folder, tr("New folder..."), !isShut,
        [this] { askName(FileDeed::Kind::MakeFolder); });
    add(u"fileNewFile"_s, Icon::Add, tr("New file..."), !isShut,
        [this] { askName(FileDeed::Kind::MakeFile); });
    menu->addSeparator();
    add(u"fileCopy"_s, Icon::Copy, tr("Copy"), chosen > 0, [this] { m_model.take(chosenPaths(), false); });
    add(u"fileCut"_s, Icon::Cut, tr("Cut"), chosen > 0 && !isShut,
        [this] { m_model.take(chosenPaths(), true); });
    add(u"filePaste"_s, Icon::Paste, tr("Paste"), m_model.canPaste() && !isShut, [this] { m_model.paste(); });
    menu->addSeparator();
    add(u"fileRename"_s, Icon::Edit, tr("Rename..."), row && !isShut,
        [this] { askName(FileDeed::Kind::Rename); });
    add(u"filePermissions"_s, Icon::Permissions, tr("Permissions..."), row && !isShut,
        [this] { askPermissions(); });
    add(u"fileChecksum"_s, Icon::Checksum, tr("SHA-256"), isFile, [this] {
        if (const FileRow *file = current())
            m_model.perform({.kind = FileDeed::Kind::Checksum, .path = m_model.pathOf(*file)});
    });
    QAction *hidden = menu->addAction(tr("Show hidden files"));
    hidden->setObjectName(u"fileHidden"_s);
    hidden->setCheckable(true);
    hidden->setChecked(m_model.showsHidden());
    connect(hidden, &QAction::toggled, &m_model, &FilesViewModel::setHidden);
    menu->addSeparator();
    add(u"fileDelete"_s, Icon::Delete, tr("Delete..."), chosen > 0 && !isShut && !m_model.isWorking(),
        [this] { askDelete(m_table->selectedIds()); });
    menu->addSeparator();
}

void FilesTab::openRow(const QString &id)
{
    const FileRow *row = m_model.file(id);
    if (!row)
        return;
    if (row->leadsToFolder)
        return m_model.open(m_model.pathOf(*row));
    showContent(*row);
}

void FilesTab::showContent(const FileRow &row)
{
    const QByteArray path = m_model.pathOf(row);
    const auto show = [this, path, isPlain = row.isPlain()] {
        m_pane->show();
        m_pane->showFile(path, isPlain);
    };
    if (!m_pane->hasUnsaved())
        return show();
    auto *sheet = new ConfirmSheet({.name = u"fileUnsaved"_s,
                                    .question = tr("Discard your changes?"),
                                    .consequence = tr("The text that is being edited was not saved."),
                                    .targets = {visibleText(filePath::shown(m_pane->path()))},
                                    .verb = tr("Discard")},
                                   window());
    connect(sheet, &ConfirmSheet::confirmed, this, show);
    sheet->ask();
}

// ---- Changes -------------------------------------------------------------------------------------------------------

void FilesTab::askName(FileDeed::Kind kind)
{
    const FileRow *row = current();
    if ((kind == FileDeed::Kind::Rename && !row) || isOffline())
        return;
    const bool isRename = kind == FileDeed::Kind::Rename;
    const QString title = isRename ? tr("Rename %1").arg(visibleText(row->shownName, 60))
        : kind == FileDeed::Kind::MakeFolder
        ? tr("New folder in %1").arg(visibleText(filePath::shown(m_model.folder()), 60))
        : tr("New file in %1").arg(visibleText(filePath::shown(m_model.folder()), 60));
    auto *sheet = new NameSheet(title, isRename ? row->shownName : QString(),
                                isRename ? tr("Rename") : tr("Create"), window());
    const QByteArray path = isRename ? m_model.pathOf(*row) : m_model.folder();
    connect(sheet, &NameSheet::chosen, this, [this, kind, isRename, path](const QByteArray &name) {
        m_model.perform({.kind = kind,
                         .path = isRename ? path : filePath::joined(path, name),
                         .name = isRename ? name : QByteArray()});
    });
    sheet->open();
}

void FilesTab::askPermissions()
{
    const FileRow *row = current();
    if (!row)
        return;
    const QByteArray path = m_model.pathOf(*row);
    auto *sheet = new PermissionsSheet(*row, window());
    connect(sheet, &PermissionsSheet::modeChosen, this, [this, path](int mode) {
        m_model.perform({.kind = FileDeed::Kind::Mode, .path = path, .mode = mode});
    });
    connect(sheet, &PermissionsSheet::ownerChosen, this,
            [this, path](const QString &user, const QString &group) {
                m_model.perform({.kind = FileDeed::Kind::Owner, .path = path, .user = user, .group = group});
            });
    sheet->open();
}

void FilesTab::askDelete(const QStringList &ids)
{
    QList<QByteArray> paths;
    for (const QString &id : ids) {
        if (const FileRow *row = m_model.file(id))
            paths << m_model.pathOf(*row);
    }
    if (paths.isEmpty())
        paths = chosenPaths();
    if (paths.isEmpty() || isOffline() || m_model.isWorking() || EditGate::isShut(*this))
        return;
    m_model.begin({.kind = FileWork::Kind::Measure, .paths = paths}); // how much it is, before it is asked
}

void FilesTab::confirmDelete(const QList<QByteArray> &paths, const FileWorkState &measured)
{
    QStringList names;
    for (const QByteArray &path : paths)
        names << visibleText(filePath::shown(filePath::name(path)));
    const int count = static_cast<int>(measured.items);
    auto *sheet = new ConfirmSheet(
        {.name = u"fileDelete"_s,
         .question = paths.size() == 1
             ? tr("Delete %1 on %2?").arg(names.first(), m_nodeName)
             : tr("Delete %n entries on %1?", nullptr, static_cast<int>(paths.size())).arg(m_nodeName),
         .consequence = tr("%n file(s) and folders, %1 in all. This cannot be undone. Links are deleted, not "
                           "what they point to; other file systems are not touched.",
                           nullptr, count)
                            .arg(FileColumns::sizeText(measured.bytes)),
         .targets = names,
         .verb = tr("Delete")},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this,
            [this, paths] { m_model.begin({.kind = FileWork::Kind::Delete, .paths = paths}); });
    sheet->ask();
}

void FilesTab::showDone(const FileDeed &deed, const QString &result)
{
    if (deed.kind == FileDeed::Kind::Checksum)
        m_banner->showMessage(
            Tone::Success, Icon::Success,
            tr("SHA-256 of %1").arg(visibleText(filePath::shown(filePath::name(deed.path)))), result);
    else
        m_banner->hide();
}

void FilesTab::showRefused(const FileDeed &deed, const ShownError &problem)
{
    using Kind = FileDeed::Kind;
    const QString name = visibleText(filePath::shown(filePath::name(deed.path)), 60);
    const QString statement = deed.kind == Kind::MakeFolder || deed.kind == Kind::MakeFile
        ? tr("%1 was not created.").arg(name)
        : deed.kind == Kind::Rename   ? tr("%1 was not renamed.").arg(name)
        : deed.kind == Kind::Checksum ? tr("%1 could not be read.").arg(name)
                                      : tr("%1 was not changed.").arg(name);
    m_banner->showMessage(Tone::Failed, Icon::FieldError, statement, problem.words());
}

void FilesTab::showWorkEnd(const FileWork &work, const FileWorkState &state, const ShownError &problem)
{
    if (work.kind == FileWork::Kind::Measure && problem.isEmpty() && !state.isCancelled) {
        if (state.items > 0 && state.failed == 0)
            return confirmDelete(work.paths, state);
        if (state.failures.isEmpty())
            return;
    }
    const QString done = work.kind == FileWork::Kind::Delete || work.kind == FileWork::Kind::Measure
        ? tr("Deleted %n file(s) and folders", nullptr,
             static_cast<int>(work.kind == FileWork::Kind::Measure ? 0 : state.items))
        : work.kind == FileWork::Kind::Move
        ? tr("Moved %n file(s) and folders", nullptr, static_cast<int>(state.items))
        : tr("Copied %n file(s) and folders", nullptr, static_cast<int>(state.items));
    if (!problem.isEmpty())
        return m_banner->showMessage(Tone::Failed, Icon::FieldError,
                                     tr("%1, then it stopped early.").arg(done), problem.words());
    if (state.failed > 0)
        return m_banner->showMessage(Tone::Failed, Icon::FieldError,
                                     tr("%1; %n failed.", nullptr, static_cast<int>(state.failed)).arg(done),
                                     visibleText(state.failures.value(0)));
    if (state.isCancelled)
        return m_banner->showMessage(Tone::Waiting, Icon::Notice, tr("%1, then it was cancelled.").arg(done),
                                     {});
    m_banner->showMessage(Tone::Success, Icon::Success,
                          state.skipped > 0
                              ? tr("%1; %n skipped.", nullptr, static_cast<int>(state.skipped)).arg(done)
                              : done + u'.',
                          {});
}

// ---- Transfers -----------------------------------------------------------------------------------------------------

void FilesTab::chooseUpload()
{
    auto *dialog = new QFileDialog(this, tr("Upload to %1").arg(m_nodeName));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &FilesTab::upload);
    dialog->open();
}

void FilesTab::upload(const QStringList &files)
{
    QStringList taken;
    for (const QString &file : files) {
        const QByteArray name = file.mid(file.lastIndexOf(u'/') + 1).toUtf8();
        const FileRow row {.name = name};
        if (m_model.file(row.id()))
            taken << file;
        else
            m_transfers.upload(m_model.nodeId(), file, filePath::joined(m_model.folder(), name), false);
    }
    if (taken.isEmpty())
        return;
    QStringList names;
    for (const QString &file : std::as_const(taken))
        names << visibleText(file.mid(file.lastIndexOf(u'/') + 1));
    auto *sheet = new ConfirmSheet(
        {.name = u"fileReplace"_s,
         .question = tr("Replace %n file(s) on %1?", nullptr, static_cast<int>(names.size())).arg(m_nodeName),
         .consequence = tr("They already exist. Each keeps its owner and permissions; its content is "
                           "replaced once the new file has arrived completely."),
         .targets = names,
         .verb = tr("Replace"),
         .icon = Icon::Upload},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, taken, folder = m_model.folder()] {
        for (const QString &file : taken)
            m_transfers.upload(m_model.nodeId(), file,
                               filePath::joined(folder, file.mid(file.lastIndexOf(u'/') + 1).toUtf8()), true);
    });
    sheet->ask();
}

void FilesTab::chooseDownload()
{
    const FileRow *row = current();
    if (!row)
        return;
    auto *dialog = new QFileDialog(this, tr("Download %1").arg(visibleText(row->shownName, 60)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QString::fromUtf8(row->name).replace(u'/', u'_'));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, path = m_model.pathOf(*row)](const QString &file) {
                m_transfers.download(m_model.nodeId(), path, file);
            });
    dialog->open();
}

void FilesTab::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && !isOffline() && !EditGate::isShut(*this))
        event->acceptProposedAction();
}

void FilesTab::dropEvent(QDropEvent *event)
{
    QStringList files;
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    event->acceptProposedAction();
    upload(files);
}

}
