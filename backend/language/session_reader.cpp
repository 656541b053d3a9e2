#include "backend/language/session_reader.h"

#include "backend/core/text_safety.h"
#include "backend/language/interpolation.h"
#include "backend/language/step_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace fb {

namespace {
    enum class InputRule { Text, Flag, RunAsUser, IdleMinutes, DurationMinutes, RetentionDays, ShellProfile };

    struct SessionInput {
        std::string_view name;
        InputRule rule;
    };

    // session-manager.md 2.2
    constexpr std::array kInputs {
        SessionInput {"s3BucketName", InputRule::Text},
        SessionInput {"s3KeyPrefix", InputRule::Text},
        SessionInput {"s3EncryptionEnabled", InputRule::Flag},
        SessionInput {"cloudWatchLogGroupName", InputRule::Text},
        SessionInput {"cloudWatchEncryptionEnabled", InputRule::Flag},
        SessionInput {"cloudWatchStreamingEnabled", InputRule::Flag},
        SessionInput {"kmsKeyId", InputRule::Text},
        SessionInput {"runAsEnabled", InputRule::Flag},
        SessionInput {"runAsDefaultUser", InputRule::RunAsUser},
        SessionInput {"idleSessionTimeout", InputRule::IdleMinutes},
        SessionInput {"maxSessionDuration", InputRule::DurationMinutes},
        SessionInput {"shellProfile", InputRule::ShellProfile},
        SessionInput {"recordingEnabled", InputRule::Flag},
        SessionInput {"recordInput", InputRule::Flag},
        SessionInput {"recordingRetentionDays", InputRule::RetentionDays},
    };
    constexpr std::array<std::string_view, 4> kSessionTypes {"Standard_Stream", "InteractiveCommands",
                                                             "NonInteractiveCommands", "Port"};
    constexpr size_t kMaxRunAsUser = 100;
    constexpr size_t kMaxProfileChars = 512;
    constexpr int kMaxPort = 65'535;

    std::optional<Platform> platformOfKey(std::string_view key)
    {
        if (key == "linux")
            return Platform::Linux;
        if (key == "macos")
            return Platform::MacOS;
        if (key == "windows")
            return Platform::Windows;
        return std::nullopt;
    }

    bool isNumberIn(const Tree &value, int low, int high)
    {
        int number = 0;
        const std::string &digits = value.text();
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        return fault == std::errc() && end == digits.data() + digits.size() && number >= low
            && number <= high;
    }

    class SessionReader
    {
    public:
        SessionReader(Document &document, DocumentCheck &check) : m_document(document), m_sink(check) { }

        void read(const Tree &root)
        {
            SessionBody body;
            readType(root, body);
            const bool isStream = body.sessionType == "Standard_Stream";
            if (const Tree *inputs = root.find("inputs")) {
                body.inputs = *inputs;
                readInputs(*inputs);
            } else if (isStream) {
                m_sink.problem("inputs", root.mark(), faultOf(FaultCode::StreamNeedsInputs));
            }
            if (const Tree *properties = root.find("properties")) {
                body.properties = *properties;
                readProperties(*properties, body.sessionType);
            } else if (!isStream && !body.sessionType.empty()) {
                m_sink.problem("properties", root.mark(),
                               faultOf(FaultCode::SessionNeedsProperties, body.sessionType));
            }
            m_document.platforms = platformsOf(body);
            for (const ParameterDefinition &definition : m_document.parameters)
                checkParameter(definition, root);
            m_document.session = std::move(body);
        }

    private:
        void readType(const Tree &root, SessionBody &body)
        {
            const Tree *type = root.find("sessionType");
            if (type != nullptr && std::ranges::find(kSessionTypes, type->text()) != kSessionTypes.end()) {
                body.sessionType = type->text();
                return;
            }
            m_sink.problem("sessionType", type == nullptr ? root.mark() : type->mark(),
                           faultOf(FaultCode::SessionType));
        }

        void checkParameter(const ParameterDefinition &definition, const Tree &root)
        {
            if (definition.type != ParameterType::String && definition.type != ParameterType::StringList)
                m_sink.problem(childPath("parameters", definition.name), root.mark(),
                               faultOf(FaultCode::SessionParameterType, parameterTypeName(definition.type)));
        }

        void readInputs(const Tree &inputs)
        {
            if (!inputs.isMap()) {
                m_sink.problem("inputs", inputs.mark(), faultOf(FaultCode::MapExpected, inputs.kindName()));
                return;
            }
            for (const TreeMember &member : inputs.members()) {
                const std::string path = childPath("inputs", member.key);
                const auto found = std::ranges::find(kInputs, member.key, &SessionInput::name);
                if (found == kInputs.end())
                    m_sink.problem(path, member.keyMark, faultOf(FaultCode::InputUnknown));
                else if (!isSoleToken(member.value))
                    checkInput(found->rule, member.value, path);
            }
        }

        void checkInput(InputRule rule, const Tree &value, const std::string &path)
        {
            if (rule == InputRule::ShellProfile) {
                checkShellProfile(value, path);
                return;
            }
            if (!value.isScalar()) {
                m_sink.problem(path, value.mark(), faultOf(FaultCode::ValueExpected, value.kindName()));
                return;
            }
            switch (rule) {
            case InputRule::Flag:
                if (!value.isBool() && value.text() != "true" && value.text() != "false")
                    refuse(path, value, FaultCode::MustBeFlag);
                return;
            case InputRule::RunAsUser:
                if (codePointCount(value.text()) > kMaxRunAsUser)
                    m_sink.problem(
                        path, value.mark(),
                        faultOf(FaultCode::TextTooLong, kMaxRunAsUser, codePointCount(value.text())));
                return;
            case InputRule::IdleMinutes:
                if (!isNumberIn(value, 1, 60))
                    refuse(path, value, FaultCode::IdleMinutes);
                return;
            case InputRule::DurationMinutes:
                if (!value.text().empty() && !isNumberIn(value, 1, 1440))
                    refuse(path, value, FaultCode::DurationMinutes);
                return;
            case InputRule::RetentionDays:
                if (!isNumberIn(value, 1, 3650))
                    refuse(path, value, FaultCode::RetentionDays);
                return;
            default:
                return;
            }
        }

        void refuse(const std::string &path, const Tree &value, FaultCode rule)
        {
            m_sink.problem(path, value.mark(), faultOf(rule, value.text()));
        }

        void checkShellProfile(const Tree &value, const std::string &path)
        {
            if (!value.isMap()) {
                m_sink.problem(path, value.mark(), faultOf(FaultCode::MapExpected, value.kindName()));
                return;
            }
            for (const TreeMember &member : value.members()) {
                const std::string memberPath = childPath(path, member.key);
                if (!platformOfKey(member.key))
                    m_sink.problem(memberPath, member.keyMark, faultOf(FaultCode::PlatformKeyUnknown));
                else if (!member.value.isString())
                    m_sink.problem(memberPath, member.value.mark(),
                                   faultOf(FaultCode::TextExpected, member.value.kindName()));
                else if (codePointCount(member.value.text()) > kMaxProfileChars)
                    m_sink.problem(memberPath, member.value.mark(),
                                   faultOf(FaultCode::TextTooLong, kMaxProfileChars,
                                           codePointCount(member.value.text())));
            }
        }

        void readProperties(const Tree &properties, std::string_view sessionType)
        {
            if (!properties.isMap()) {
                m_sink.problem("properties", properties.mark(),
                               faultOf(FaultCode::MapExpected, properties.kindName()));
                return;
            }
            if (sessionType == "Port")
                readPort(properties);
            else if (sessionType == "Standard_Stream")
                m_sink.problem("properties", properties.mark(), faultOf(FaultCode::StreamHasInputs));
            else if (!sessionType.empty())
                readCommands(properties);
        }

        void readPort(const Tree &properties)
        {
            for (const TreeMember &member : properties.members()) {
                const std::string path = childPath("properties", member.key);
                const std::string &text = member.value.text();
                const bool isToken = !tokenNames(text).empty();
                if (member.key == "portNumber" || member.key == "localPortNumber") {
                    const int lowest = member.key == "portNumber" ? 1 : 0;
                    if (!isToken && !isNumberIn(member.value, lowest, kMaxPort))
                        m_sink.problem(path, member.value.mark(),
                                       faultOf(FaultCode::PortRange, text, lowest, kMaxPort));
                } else if (member.key == "type") {
                    if (text != "LocalPortForwarding" && text != "none")
                        refuse(path, member.value, FaultCode::PortType);
                } else if (member.key == "host") {
                    if (!member.value.isString())
                        m_sink.problem(path, member.value.mark(),
                                       faultOf(FaultCode::TextExpected, member.value.kindName()));
                } else {
                    m_sink.problem(path, member.keyMark, faultOf(FaultCode::PortKeyUnknown));
                }
            }
            if (properties.find("portNumber") == nullptr)
                m_sink.problem("properties.portNumber", properties.mark(), faultOf(FaultCode::PortMissing));
        }

        void readCommands(const Tree &properties)
        {
            bool hasPlatform = false;
            for (const TreeMember &member : properties.members()) {
                const std::string path = childPath("properties", member.key);
                if (!platformOfKey(member.key)) {
                    m_sink.problem(path, member.keyMark, faultOf(FaultCode::PlatformKeyUnknown));
                    continue;
                }
                hasPlatform = true;
                readPlatformCommands(member.value, path);
            }
            if (!hasPlatform)
                m_sink.problem("properties", properties.mark(), faultOf(FaultCode::CommandsOfNoPlatform));
        }

        void readPlatformCommands(const Tree &block, const std::string &path)
        {
            for (const TreeMember &member : block.members()) {
                const std::string memberPath = childPath(path, member.key);
                const Tree &value = member.value;
                if (member.key == "commands") {
                    const bool isList = value.isList()
                        && std::ranges::all_of(value.items(),
                                               [](const Tree &item) { return item.isString(); });
                    if (!value.isString() && !isList)
                        m_sink.problem(memberPath, value.mark(), faultOf(FaultCode::CommandsShape));
                } else if (member.key == "runAsElevated") {
                    if (!value.isBool() && !isSoleToken(value))
                        m_sink.problem(memberPath, value.mark(), faultOf(FaultCode::FlagExpected));
                } else if (member.key == "separateOutputStream") { // as AWS has it: also as a text
                    const bool isWord
                        = value.isString() && (value.text() == "true" || value.text() == "false");
                    if (!value.isBool() && !isWord && !isSoleToken(value))
                        m_sink.problem(memberPath, value.mark(), faultOf(FaultCode::FlagExpected));
                } else if (member.key == "stdOutSeparatorPrefix" || member.key == "stdErrSeparatorPrefix") {
                    constexpr size_t kLongestPrefix = 128;
                    if (!value.isString())
                        m_sink.problem(memberPath, value.mark(),
                                       faultOf(FaultCode::TextExpected, value.kindName()));
                    else if (value.text().size() > kLongestPrefix)
                        m_sink.problem(memberPath, value.mark(),
                                       faultOf(FaultCode::TextTooLong, kLongestPrefix, value.text().size()));
                } else {
                    m_sink.problem(memberPath, member.keyMark, faultOf(FaultCode::CommandsKeyUnknown));
                }
            }
            if (block.find("commands") == nullptr)
                m_sink.problem(childPath(path, "commands"), block.mark(),
                               faultOf(FaultCode::CommandsMissing));
        }

        // spec 3.9: the platforms that properties or shellProfile name; all where neither does, and for Port.
        static PlatformSet platformsOf(const SessionBody &body)
        {
            const Tree *named
                = body.sessionType == "Standard_Stream" ? body.inputs.find("shellProfile") : &body.properties;
            PlatformSet platforms;
            if (body.sessionType != "Port" && named != nullptr) {
                for (const TreeMember &member : named->members()) {
                    if (const auto platform = platformOfKey(member.key))
                        platforms = platforms | PlatformSet {*platform};
                }
            }
            return platforms.isEmpty() ? PlatformSet::all() : platforms;
        }

        Document &m_document;
        ProblemSink m_sink;
    };
}

void readSession(const Tree &root, Document &document, DocumentCheck &check)
{
    SessionReader(document, check).read(root);
}

}
