#include "models/nodes/tools/file_feed.h"

#include "models/nodes/tools/tool_text.h"

namespace fb {

namespace {

    constexpr qsizetype kMaxTailChars = 64 * 1024;

    FileRow rowOf(const wire::FileEntry &entry)
    {
        FileRow row;
        row.name = toBytes(entry.name());
        row.shownName = filePath::shown(row.name);
        row.type = QLatin1Char(static_cast<char>(entry.type() & 0x7f));
        row.size = static_cast<qint64>(std::min<uint64_t>(entry.size(), uint64_t(1) << 62));
        row.modified = fromMicros(entry.modified_us());
        row.user = toolText(entry.user());
        row.group = toolText(entry.group());
        row.mode = static_cast<int>(entry.mode() & 07777);
        row.link = filePath::shown(toBytes(entry.link()));
        row.leadsToFolder = entry.leads_to_folder();
        return row;
    }

    FileWorkState stateOf(const wire::FileJob &job)
    {
        const auto count = [](uint64_t value) { return static_cast<qint64>(value & 0x7fffffffffffffff); };
        FileWorkState state;
        state.id = job.job();
        state.isFinished = job.finished();
        state.isCancelled = job.cancelled();
        state.items = count(job.items());
        state.bytes = count(job.bytes());
        state.failed = count(job.failed());
        state.skipped = count(job.skipped());
        for (const wire::ToolProblem &failure : job.failures())
            state.failures << toolText(failure.text());
        state.question = toBytes(job.question());
        state.current = filePath::shown(toBytes(job.current()));
        return state;
    }

    template <typename T, typename Take>
    std::function<void(const ToolReply &)> answering(FileSource::Answer<T> answered, Take take)
    {
        return [answered = std::move(answered), take](const ToolReply &reply) {
            if (!reply)
                return answered(shownErrorOf(reply.error()), {});
            answered({}, take(**reply));
        };
    }
}

void FileFeed::list(const QString &nodeId, const FileListWish &wish, QObject *asker,
                    Answer<FileListing> answered)
{
    wire::ToolRequest request;
    wire::FileListRequest &list = *request.mutable_file_list();
    list.set_folder(wish.folder.toStdString());
    list.set_sort(static_cast<uint32_t>(wish.sort));
    list.set_descending(wish.descending);
    list.set_hidden(wish.hidden);
    list.set_offset(static_cast<uint32_t>(wish.offset));
    list.set_listing(wish.listing);
    m_link.ask(nodeId, request, asker, answering(std::move(answered), [](const wire::ToolAnswer &answer) {
                   const wire::FileList &told = answer.file_list();
                   FileListing listing;
                   listing.folder = toBytes(told.folder());
                   for (const wire::FileEntry &entry : told.entries())
                       listing.rows << rowOf(entry);
                   listing.total = static_cast<int>(told.total());
                   listing.offset = static_cast<int>(told.offset());
                   listing.listing = told.listing();
                   listing.freeBytes
                       = static_cast<qint64>(std::min<uint64_t>(told.free_bytes(), uint64_t(1) << 62));
                   listing.hidden = static_cast<int>(told.hidden());
                   return listing;
               }));
}

void FileFeed::read(const QString &nodeId, const QByteArray &path, bool forEdit, QObject *asker,
                    Answer<FileContent> answered)
{
    wire::ToolRequest request;
    request.mutable_file_preview()->set_path(path.toStdString());
    request.mutable_file_preview()->set_for_edit(forEdit);
    m_link.ask(nodeId, request, asker, answering(std::move(answered), [](const wire::ToolAnswer &answer) {
                   const wire::FilePreview &told = answer.file_preview();
                   FileContent content;
                   content.bytes = toBytes(told.content());
                   content.encoding = toolText(told.encoding());
                   content.size = static_cast<qint64>(std::min<uint64_t>(told.size(), uint64_t(1) << 62));
                   content.cut = told.cut();
                   content.lines = static_cast<int>(told.lines());
                   content.cutLines = static_cast<int>(told.cut_lines());
                   content.digest = toBytes(told.sha256());
                   return content;
               }));
}

void FileFeed::tail(const QString &nodeId, const QByteArray &path, bool again, QObject *asker,
                    Answer<FileTailed> answered)
{
    wire::ToolRequest request;
    request.mutable_file_tail()->set_path(path.toStdString());
    request.mutable_file_tail()->set_again(again);
    m_link.ask(nodeId, request, asker, answering(std::move(answered), [](const wire::ToolAnswer &answer) {
                   const wire::FileTail &told = answer.file_tail();
                   FileTailed tailed;
                   for (const std::string &line : told.lines())
                       tailed.lines << toQString(withVisibleEscapes(toValidUtf8(line))).left(kMaxTailChars);
                   tailed.happened = toolText(told.happened());
                   tailed.dropped = static_cast<qint64>(told.dropped());
                   tailed.size = static_cast<qint64>(std::min<uint64_t>(told.size(), uint64_t(1) << 62));
                   return tailed;
               }));
}

void FileFeed::perform(const QString &nodeId, const FileDeed &deed, QObject *asker, Answer<QString> answered)
{
    wire::ToolRequest request;
    const std::string path = deed.path.toStdString();
    switch (deed.kind) {
    case FileDeed::Kind::MakeFolder:
    case FileDeed::Kind::MakeFile:
        request.mutable_file_make()->set_path(path);
        request.mutable_file_make()->set_folder(deed.kind == FileDeed::Kind::MakeFolder);
        break;
    case FileDeed::Kind::Rename:
        request.mutable_file_rename()->set_path(path);
        request.mutable_file_rename()->set_name(deed.name.toStdString());
        break;
    case FileDeed::Kind::Mode:
        request.mutable_file_mode()->set_path(path);
        request.mutable_file_mode()->set_mode(static_cast<uint32_t>(deed.mode));
        break;
    case FileDeed::Kind::Owner:
        request.mutable_file_owner()->set_path(path);
        request.mutable_file_owner()->set_user(toStd(deed.user));
        request.mutable_file_owner()->set_group(toStd(deed.group));
        break;
    case FileDeed::Kind::Checksum:
        request.mutable_file_checksum()->set_path(path);
        break;
    }
    m_link.ask(nodeId, request, asker, answering(std::move(answered), [](const wire::ToolAnswer &answer) {
                   return toolText(answer.done().after());
               }));
}

void FileFeed::save(const QString &nodeId, const QByteArray &path, const QByteArray &content,
                    const QByteArray &digest, QObject *asker, Answer<FileSaveOutcome> answered)
{
    wire::ToolRequest request;
    request.mutable_file_save()->set_path(path.toStdString());
    request.mutable_file_save()->set_content(content.toStdString());
    request.mutable_file_save()->set_expected_sha256(digest.toStdString());
    m_link.ask(nodeId, request, asker, answering(std::move(answered), [](const wire::ToolAnswer &answer) {
                   const wire::FileSaved &told = answer.file_saved();
                   return FileSaveOutcome {.digest = toBytes(told.sha256()),
                                           .isConflict = told.conflict(),
                                           .content = toBytes(told.content())};
               }));
}

void FileFeed::begin(const QString &nodeId, const FileWork &work, QObject *asker,
                     Answer<FileWorkState> answered)
{
    wire::ToolRequest request;
    const bool isRemoval = work.kind == FileWork::Kind::Measure || work.kind == FileWork::Kind::Delete;
    if (isRemoval)
        request.mutable_file_remove()->set_measure_only(work.kind == FileWork::Kind::Measure);
    else
        request.mutable_file_copy()->set_move(work.kind == FileWork::Kind::Move);
    for (const QByteArray &path : work.paths) {
        if (isRemoval)
            request.mutable_file_remove()->add_paths(path.toStdString());
        else
            request.mutable_file_copy()->add_paths(path.toStdString());
    }
    if (!isRemoval)
        request.mutable_file_copy()->set_folder(work.into.toStdString());
    m_link.ask(nodeId, request, asker, answering(std::move(answered), [](const wire::ToolAnswer &answer) {
                   return stateOf(answer.file_job());
               }));
}

void FileFeed::goOn(const QString &nodeId, const Step &step, QObject *asker, Answer<FileWorkState> answered)
{
    wire::ToolRequest request;
    request.mutable_file_job()->set_job(step.id);
    request.mutable_file_job()->set_cancel(step.cancel);
    if (step.choice)
        request.mutable_file_job()->set_choice(static_cast<uint32_t>(*step.choice));
    request.mutable_file_job()->set_for_all(step.forAll);
    m_link.ask(nodeId, request, asker, answering(std::move(answered), [](const wire::ToolAnswer &answer) {
                   return stateOf(answer.file_job());
               }));
}

}
