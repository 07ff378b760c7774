// Reads the outcomes of Sora Courier. Written against the documentation of Azure.Storage.Queues 12, and never compiled.
// To run it: dotnet new console, dotnet add package Azure.Storage.Queues, and this file as Program.cs (.NET 8 or newer).
// Needs in the environment VideoStorage: a connection string, or the URL of the queue with a SAS. It runs until
// Ctrl-C, or with --once until no message is visible. What is not deleted comes back.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

// Longer than handling takes: afterwards any reader receives the message again.
TimeSpan visibility = TimeSpan.FromMinutes(1);
const string HandledFile = "handled-outcomes.txt";
var handled = new HashSet<string>(File.Exists(HandledFile) ? File.ReadAllLines(HandledFile) : Array.Empty<string>());

try
{
    string storage = Environment.GetEnvironmentVariable("VideoStorage") ?? "";
    // Outcomes are plain text. With Base64 each of them would be a FormatException.
    var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None };
    QueueClient queue = storage.StartsWith("http", StringComparison.Ordinal)
        ? new QueueClient(new Uri(storage), options)
        : new QueueClient(storage, "sora-videos", options);
    while (true)
    {
        QueueMessage? message = (await queue.ReceiveMessageAsync(visibility)).Value;
        if (message != null) await ReadAsync(queue, message);
        else if (args.Contains("--once")) return 0;
        else await Task.Delay(TimeSpan.FromSeconds(5));
    }
}
catch (RequestFailedException e) when (e.Status != 0)
{
    Console.Error.WriteLine($"the queue responded {e.Status} {e.ErrorCode}");
}
catch (Exception e) // without its message, which may repeat the SAS
{
    Console.Error.WriteLine($"cannot use VideoStorage: {e.GetType().Name}");
}
return 1;

// Your own work. If it throws, the message stays on the queue and comes back.
void Copied(string generationId, string blobUrl) => Console.WriteLine($"copied {generationId} {blobUrl}");

// The same, for a video or, without a generationId, for a whole job.
void Failed(string id, string reason, string message) => Console.WriteLine($"failed {id} {reason}: {message}");

void Handle(string message)
{
    using JsonDocument document = JsonDocument.Parse(message);
    JsonElement outcome = document.RootElement;
    string status = Text(outcome, "status");
    bool ofVideo = outcome.TryGetProperty("generationId", out _);
    string id = Text(outcome, ofVideo ? "generationId" : "jobId");
    string key = $"{status} {id}"; // a video that failed may be enqueued again, and be copied
    if (handled.Contains(key))
    {
        Console.WriteLine($"duplicate, dropped: {key}");
        return;
    }
    if (status == "copied") Copied(Text(outcome, "generationId"), Text(outcome, "blobUrl"));
    else if (status == "failed") Failed(id, Text(outcome, "reason"), Text(outcome, "message"));
    else throw new InvalidDataException($"unknown status {status}");
    File.AppendAllText(HandledFile, key + "\n");
    handled.Add(key);
}

string Text(JsonElement outcome, string field) =>
    outcome.ValueKind == JsonValueKind.Object
    && outcome.TryGetProperty(field, out JsonElement value)
    && value.ValueKind == JsonValueKind.String
        ? Printable(value.GetString()!)
        : throw new InvalidDataException($"no text in {field}");

// On one line, and without characters that control a terminal.
string Printable(string text) => Regex.Replace(text, @"[\p{C}\p{Zl}\p{Zp}]", "?");

async Task ReadAsync(QueueClient queue, QueueMessage message)
{
    string text = message.Body.ToString();
    try
    {
        Handle(text);
    }
    catch (Exception e)
    {
        string why = e is JsonException ? "not JSON" : e.Message;
        string start = Printable(text.Substring(0, Math.Min(80, text.Length)));
        Console.WriteLine($"left on the queue, attempt {message.DequeueCount}: {why}: {start}");
        return;
    }
    try
    {
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }
    catch (RequestFailedException e) when (e.Status == 404)
    {
        Console.WriteLine("not deleted, handling took too long: it comes back as a duplicate");
    }
}
